using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Bitfinex;

/// <summary>
/// Bitfinex, public WebSocket v2. One address, one market; a subscription gets a channel number that is valid on its
/// connection only; books begin with a snapshot in band; one sequence counts every array frame of the connection;
/// checksums prove books. <see cref="BitfinexSubscriptions"/> asks, <see cref="BitfinexDecoder"/> reads,
/// <see cref="BitfinexBookRule"/> checks.
/// </summary>
public sealed class BitfinexExchange : IExchange
{
    public static MarketId Market { get; } = new("bitfinex", MarketId.Spot);

    public string Id => Market.Exchange;

    public IReadOnlyList<MarketId> Markets { get; } = [Market];

    /// <summary>docs.bitfinex.com/docs/ws-general and /requirements-and-limitations; see the README's table.</summary>
    static readonly ExchangeLimits Limits = new(
        StreamsPerConnection: 25,
        ConnectsPerWindow: 20,
        ConnectWindow: TimeSpan.FromMinutes(1),
        // No limit is documented; ten a second is what maintained clients keep to.
        MessageInterval: TimeSpan.FromMilliseconds(100),
        // Counted by endpoint; 30 a minute is the least that any source gives books and tickers, and lists, which have 15,
        // weigh two (bitfinex.md 6).
        Rest: new(30, TimeSpan.FromMinutes(1)),
        // A heartbeat comes after 15 s without data on a channel; twice that leaves room for a slow line.
        HeartbeatTimeout: TimeSpan.FromSeconds(30),
        SocketTimeout: TimeSpan.FromSeconds(30));

    public ExchangeLimits LimitsOf(MarketId market) => Limits;

    public ExchangeEndpoints DefaultEndpoints(MarketId market) =>
        new(new Uri("wss://api-pub.bitfinex.com/ws/2"), new Uri("https://api-pub.bitfinex.com"));

    public bool TryParseStream(MarketId market, StreamRequest request, out StreamKey? key, out string? fault)
    {
        (key, fault) = BitfinexStreamRequest.Parse(market, request);
        return key is not null;
    }

    public bool Publishes(MarketId market, Channel channel) => channel != Channel.BookTicker;

    public string PairOf(MarketId market, string symbol) => BitfinexInstruments.PairOf(symbol);

    public IInstrumentReader CreateInstrumentReader(MarketId market) => new BitfinexInstrumentReader();

    public MarketListing ListingOf(MarketId market) => new(
        // The list has no status: what is in it trades. Tickers of pairs (bitfinex.md 6.5): last price 7, volume 8.
        "tBTCUSD", [],
        new VolumeRequest(new RestRequest("/v2/tickers?symbols=ALL", 1), [], "0", "8") { Price = "7", SymbolPrefix = "t" });

    public ServerTimeSource TimeSourceOf(MarketId market) => ServerTimeSource.Header("/v2/tickers?symbols=tBTCUSD");

    public IDepthReader CreateDepthReader(MarketId market) => new BitfinexDepth();

    public IFrameDecoder CreateDecoder(MarketId market, DecoderOptions options) => new BitfinexDecoder(options);

    public ISubscriptions CreateSubscriptions(MarketId market, string door, SessionOptions options) =>
        new BitfinexSubscriptions(options.ConfFlags ?? BitfinexExtras.Default);

    public StreamRules RulesFor(StreamKey key) => BitfinexBookRule.For(key);
}
