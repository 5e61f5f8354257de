using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Gateio;

/// <summary>
/// Gate.io spot, WebSocket v4. Every frame names its channel and pair; books are order book V2 with the snapshot in band,
/// or the older feed with a snapshot by REST. Unknown streams may be acknowledged: only data proves a subscription.
/// <see cref="GateioSubscriptions"/> asks, <see cref="GateioDecoder"/> reads, <see cref="GateioBookRule"/> checks.
/// </summary>
public sealed class GateioExchange : IExchange
{
    public static MarketId Spot { get; } = new("gateio", MarketId.Spot);

    public string Id => Spot.Exchange;

    public IReadOnlyList<MarketId> Markets { get; } = [Spot];

    /// <summary>gate.com developer docs, "Spot WebSocket v4.0.0" and "Gate API v4.106"; see the README's table.</summary>
    static readonly ExchangeLimits Limits = new(
        // No number is documented, but a client that reads too slowly is cut (gateio/gatews#25): not too much on one socket.
        StreamsPerConnection: 200,
        // 300 open connections an address are allowed; nothing is said of attempts.
        ConnectsPerWindow: 60,
        ConnectWindow: TimeSpan.FromMinutes(1),
        // Market data requests are not limited; a burst of hundreds need not be.
        MessageInterval: TimeSpan.FromMilliseconds(25),
        // 200 in ten seconds an endpoint and address; all endpoints together keep to it.
        Rest: new(200, TimeSpan.FromSeconds(10)) { RefusalBlock = TimeSpan.FromSeconds(10) },
        HeartbeatTimeout: null,
        // A socket without frames of ours was closed after 30.5 s; answers to our pings come at once.
        SocketTimeout: TimeSpan.FromSeconds(20));

    public ExchangeLimits LimitsOf(MarketId market) => Limits;

    /// <summary>The hosts kept their name when the company became Gate (gate.com) in 2025.</summary>
    public ExchangeEndpoints DefaultEndpoints(MarketId market) =>
        new(new Uri("wss://api.gateio.ws"), new Uri("https://api.gateio.ws"));

    public bool TryParseStream(MarketId market, StreamRequest request, out StreamKey? key, out string? fault)
    {
        (key, fault) = GateioStreamRequest.Parse(market, request);
        return key is not null;
    }

    public string PairOf(MarketId market, string symbol) => GateioInstruments.PairOf(symbol);

    public IInstrumentReader CreateInstrumentReader(MarketId market) => new GateioInstrumentReader();

    public IDepthReader CreateDepthReader(MarketId market) => GateioDepth.CreateReader();

    public IFrameDecoder CreateDecoder(MarketId market, DecoderOptions options) => new GateioDecoder();

    public ISubscriptions CreateSubscriptions(MarketId market, string door, SessionOptions options) =>
        new GateioSubscriptions(options.Clock);

    public StreamRules RulesFor(StreamKey key) => GateioBookRule.For(key);
}
