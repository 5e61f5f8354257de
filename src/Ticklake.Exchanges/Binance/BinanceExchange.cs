using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Binance;

/// <summary>
/// Binance spot, public combined streams. Every frame names its stream; book snapshots come by REST and are joined by
/// update ids; an acknowledgement proves nothing, only data does. <see cref="BinanceSubscriptions"/> asks,
/// <see cref="BinanceDecoder"/> reads, <see cref="BinanceBookRule"/> checks.
/// </summary>
public sealed class BinanceExchange : IExchange
{
    public static MarketId Spot { get; } = new("binance", MarketId.Spot);

    public string Id => Spot.Exchange;

    public IReadOnlyList<MarketId> Markets { get; } = [Spot];

    /// <summary>binance-spot-api-docs, web-socket-streams.md and rest-api.md; see the README's table.</summary>
    static readonly ExchangeLimits Limits = new(
        StreamsPerConnection: 1024,
        ConnectsPerWindow: 300,
        ConnectWindow: TimeSpan.FromMinutes(5),
        // Five messages a second are allowed, pings and pongs included; a live test held at one in 500 ms, not in 250.
        MessageInterval: TimeSpan.FromMilliseconds(500),
        RestWeightPerMinute: 6000,
        HeartbeatTimeout: null,
        SocketTimeout: TimeSpan.FromSeconds(60));

    public ExchangeLimits LimitsOf(MarketId market) => Limits;

    public ExchangeEndpoints DefaultEndpoints(MarketId market) =>
        new(new Uri("wss://stream.binance.com:9443"), new Uri("https://api.binance.com"));

    public bool TryParseStream(MarketId market, StreamRequest request, out StreamKey? key, out string? fault)
    {
        (key, fault) = BinanceStreamRequest.Parse(market, request);
        return key is not null;
    }

    public string PairOf(MarketId market, string symbol) => BinanceInstruments.PairOf(symbol);

    public IInstrumentReader CreateInstrumentReader(MarketId market) => new BinanceInstrumentReader();

    public IFrameDecoder CreateDecoder(MarketId market, DecoderOptions options) => new BinanceDecoder();

    public ISubscriptions CreateSubscriptions(MarketId market, string door, SessionOptions options) => new BinanceSubscriptions();

    public StreamRules RulesFor(StreamKey key) => BinanceBookRule.For(key);
}
