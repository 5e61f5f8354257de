using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Coinbase;

/// <summary>
/// Coinbase, two public APIs on one set of books: Advanced Trade (books, tickers, candles; one counter numbers every
/// frame of a connection) and Exchange (trades with consecutive ids), each behind a door of its own. <see
/// cref="CoinbaseSubscriptions"/> asks, <see cref="CoinbaseDecoder"/> reads frames of both, <see
/// cref="CoinbaseBookRule"/> checks.
/// </summary>
public sealed class CoinbaseExchange : IExchange
{
    public static MarketId Spot { get; } = new("coinbase", MarketId.Spot);

    public string Id => Spot.Exchange;

    public IReadOnlyList<MarketId> Markets { get; } = [Spot];

    /// <summary>docs.cdp.coinbase.com and measurements of September 2026; see the README's table.</summary>
    static readonly ExchangeLimits Limits = new(
        // Products of level2 on one connection: the 31st is refused. Other channels have no ceiling, and need none.
        StreamsPerConnection: 30,
        // Eight a second and address are allowed; half of them leaves room for others behind it.
        ConnectsPerWindow: 4,
        ConnectWindow: TimeSpan.FromSeconds(1),
        // Eight messages a second and address (Advanced Trade), ten (Exchange).
        MessageInterval: TimeSpan.FromMilliseconds(250),
        // Ten requests a second; a request counts one, and a refusal asks for a pause of a second or more.
        Rest: new(10, TimeSpan.FromSeconds(1)) { RefusalBlock = TimeSpan.FromSeconds(2) },
        // Heartbeats come every second on both doors.
        HeartbeatTimeout: TimeSpan.FromSeconds(15),
        SocketTimeout: TimeSpan.FromSeconds(15));

    public ExchangeLimits LimitsOf(MarketId market) => Limits;

    public ExchangeEndpoints DefaultEndpoints(MarketId market) =>
        new(new Uri("wss://advanced-trade-ws.coinbase.com"), new Uri("https://api.coinbase.com"))
        {
            OtherDoors = new Dictionary<string, Uri>
            {
                [CoinbaseChannels.ExchangeDoor] = new("wss://ws-feed.exchange.coinbase.com"),
            },
        };

    public string DoorOf(StreamKey stream) => CoinbaseChannels.DoorOf(CoinbaseChannels.KindOf(stream));

    public bool TryParseStream(MarketId market, StreamRequest request, out StreamKey? key, out string? fault)
    {
        (key, fault) = CoinbaseStreamRequest.Parse(market, request);
        return key is not null;
    }

    public bool Publishes(MarketId market, Channel channel) => channel != Channel.BookTicker;

    public string PairOf(MarketId market, string symbol) => CoinbaseInstruments.PairOf(symbol);

    public IInstrumentReader CreateInstrumentReader(MarketId market) => new CoinbaseInstrumentReader();

    public MarketListing ListingOf(MarketId market) => new(
        "BTC-USD", ["online"],
        new VolumeRequest(new RestRequest(CoinbaseInstrumentReader.Path, 1), ["products"], "product_id", "volume_24h")
        {
            Price = "price",
            PageRows = CoinbaseInstrumentReader.PageRows,
        });

    public ServerTimeSource TimeSourceOf(MarketId market) =>
        ServerTimeSource.Milliseconds("/api/v3/brokerage/time", "epochMillis");

    public IDepthReader CreateDepthReader(MarketId market) => CoinbaseDepth.CreateReader();

    public IFrameDecoder CreateDecoder(MarketId market, DecoderOptions options) => new CoinbaseDecoder();

    public ISubscriptions CreateSubscriptions(MarketId market, string door, SessionOptions options) =>
        new CoinbaseSubscriptions(door);

    public StreamRules RulesFor(StreamKey key) => CoinbaseBookRule.For(key);
}
