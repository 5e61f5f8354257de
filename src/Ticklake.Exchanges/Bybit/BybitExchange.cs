using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Bybit;

/// <summary>
/// Bybit v5, public streams of spot and of linear contracts: one decoder, because the payloads agree; the market is
/// told by the connection's path alone. Every frame names its topic; books begin with a snapshot in band and count up
/// by one; acknowledgements name a request, not a topic. <see cref="BybitSubscriptions"/> asks, <see
/// cref="BybitDecoder"/> reads, <see cref="BybitBookRule"/> checks.
/// </summary>
public sealed class BybitExchange : IExchange
{
    public static MarketId Spot { get; } = new("bybit", MarketId.Spot);

    /// <summary>Perpetuals and futures settled in USDT or USDC.</summary>
    public static MarketId Linear { get; } = new("bybit", "linear");

    public string Id => Spot.Exchange;

    public IReadOnlyList<MarketId> Markets { get; } = [Spot, Linear];

    /// <summary>bybit-exchange/docs, v5/ws/connect and v5/rate-limit; see the README's table.</summary>
    static readonly ExchangeLimits Limits = new(
        // A connection may hold 21,000 characters of args: so many topics of the longest allowed symbol fit.
        StreamsPerConnection: 400,
        ConnectsPerWindow: 500,
        ConnectWindow: TimeSpan.FromMinutes(5),
        // No limit of messages is documented; ten a second is what careful clients keep to.
        MessageInterval: TimeSpan.FromMilliseconds(100),
        // 600 requests in 5 s and address over all markets, and a ban of ten minutes beyond: less than half of it.
        Rest: new(250, TimeSpan.FromSeconds(5)) { FirewallBlock = TimeSpan.FromMinutes(10) },
        HeartbeatTimeout: null,
        SocketTimeout: TimeSpan.FromSeconds(50));

    public ExchangeLimits LimitsOf(MarketId market) => Limits;

    public ExchangeEndpoints DefaultEndpoints(MarketId market) =>
        new(new Uri("wss://stream.bybit.com"), new Uri("https://api.bybit.com"));

    public bool TryParseStream(MarketId market, StreamRequest request, out StreamKey? key, out string? fault)
    {
        (key, fault) = BybitStreamRequest.Parse(market, request);
        return key is not null;
    }

    public string PairOf(MarketId market, string symbol) => BybitInstruments.PairOf(market, symbol);

    public IInstrumentReader CreateInstrumentReader(MarketId market) => new BybitInstrumentReader(market);

    public IDepthReader CreateDepthReader(MarketId market) => BybitDepth.CreateReader(market);

    public IFrameDecoder CreateDecoder(MarketId market, DecoderOptions options) => new BybitDecoder(market);

    public ISubscriptions CreateSubscriptions(MarketId market, string door, SessionOptions options) =>
        new BybitSubscriptions(market);

    public StreamRules RulesFor(StreamKey key) => BybitBookRule.For(key);
}
