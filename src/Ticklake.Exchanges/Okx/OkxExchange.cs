using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Okx;

/// <summary>
/// OKX spot, swap and futures, public API v5: one protocol for all three. Every frame names its channel and instrument, books
/// begin in band and are chained by ids, candles and single fills come through a door of their own.
/// <see cref="OkxSubscriptions"/> asks, <see cref="OkxDecoder"/> reads, <see cref="OkxBookRule"/> checks.
/// </summary>
public sealed class OkxExchange : IExchange
{
    public static MarketId Spot { get; } = new("okx", MarketId.Spot);

    public static MarketId Swap { get; } = new("okx", "swap");

    public static MarketId Futures { get; } = new("okx", "futures");

    public string Id => Spot.Exchange;

    public IReadOnlyList<MarketId> Markets { get; } = [Spot, Swap, Futures];

    /// <summary>okx.md 2 and 6; see the README's table.</summary>
    static readonly ExchangeLimits Limits = new(
        // Fewer than 30 books a connection are advised; of other channels no number is published.
        StreamsPerConnection: 29,
        ConnectsPerWindow: 3,
        ConnectWindow: TimeSpan.FromSeconds(1),
        // 480 requests an hour and connection, all at once if need be; OkxSubscriptions counts them.
        MessageInterval: TimeSpan.FromMilliseconds(100),
        // 20 instrument lists in two seconds, the least of the limits used; windows are fixed, a refusal lasts one of them.
        Rest: new(20, TimeSpan.FromSeconds(2)) { RefusalBlock = TimeSpan.FromSeconds(2) },
        HeartbeatTimeout: null,
        // A quiet connection hears a pong after each ping: two unanswered ones prove it dead.
        SocketTimeout: TimeSpan.FromSeconds(60));

    public ExchangeLimits LimitsOf(MarketId market) => Limits;

    public ExchangeEndpoints DefaultEndpoints(MarketId market) =>
        new(new Uri("wss://ws.okx.com:8443/ws/v5"), new Uri("https://www.okx.com"));

    public string DoorOf(StreamKey stream) => OkxChannels.DoorOf(stream);

    public bool TryParseStream(MarketId market, StreamRequest request, out StreamKey? key, out string? fault)
    {
        (key, fault) = OkxStreamRequest.Parse(market, request);
        return key is not null;
    }

    public string PairOf(MarketId market, string symbol) => OkxInstruments.PairOf(symbol);

    public IInstrumentReader CreateInstrumentReader(MarketId market) => new OkxInstrumentReader(market);

    public MarketListing ListingOf(MarketId market) => new(
        market == Swap ? "BTC-USDT-SWAP" : market == Futures ? "BTC-USD-261225" : "BTC-USDT",
        ["live"],
        // volCcy24h is in the quote currency on spot, in the base currency of contracts (okx.md 4.5).
        new VolumeRequest(
            new RestRequest(
                "/api/v5/market/tickers?instType=" + (market == Swap ? "SWAP" : market == Futures ? "FUTURES" : "SPOT"), 1),
            ["data"], "instId", "volCcy24h")
        { Price = market == Swap || market == Futures ? "last" : null });

    public ServerTimeSource TimeSourceOf(MarketId market) => ServerTimeSource.Milliseconds("/api/v5/public/time", "data", "0", "ts");

    public IDepthReader CreateDepthReader(MarketId market) => OkxDepth.CreateReader();

    public IFrameDecoder CreateDecoder(MarketId market, DecoderOptions options) => new OkxDecoder(market);

    public ISubscriptions CreateSubscriptions(MarketId market, string door, SessionOptions options) =>
        new OkxSubscriptions(door);

    public StreamRules RulesFor(StreamKey key) => OkxBookRule.For(key);
}
