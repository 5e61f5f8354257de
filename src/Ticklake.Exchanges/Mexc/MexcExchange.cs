using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Mexc;

/// <summary>
/// MEXC spot, public protobuf streams. Data are binary frames that name their topic, control is JSON text; book snapshots
/// come by REST and are joined by versions; an answer's text says what was refused, its code does not.
/// <see cref="MexcSubscriptions"/> asks, <see cref="MexcDecoder"/> reads, <see cref="MexcBookRule"/> checks.
/// </summary>
public sealed class MexcExchange : IExchange
{
    public static MarketId Spot { get; } = new("mexc", MarketId.Spot);

    public string Id => Spot.Exchange;

    public IReadOnlyList<MarketId> Markets { get; } = [Spot];

    /// <summary>spot v3 documents and measurements; see the README's table.</summary>
    static readonly ExchangeLimits Limits = new(
        // Thirty are allowed and an unsubscribe may not free a place: the rest is for asking again.
        StreamsPerConnection: MexcSubscriptions.MostTopics - MexcSubscriptions.SpareTopics,
        // Not documented; one a second is half of what was seen to run.
        ConnectsPerWindow: 60,
        ConnectWindow: TimeSpan.FromMinutes(1),
        MessageInterval: TimeSpan.FromMilliseconds(200),
        // 300 in ten seconds are the lesser of two documented limits, but a firewall that counts requests cuts a burst of
        // 120 or 20 to 30 a second: five a second satisfy every reading (mexc.md 6).
        Rest: new(300, TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(200)),
        HeartbeatTimeout: null,
        // A ping every 15 s is always answered; dead sockets end without a close frame.
        SocketTimeout: TimeSpan.FromSeconds(30));

    public ExchangeLimits LimitsOf(MarketId market) => Limits;

    public ExchangeEndpoints DefaultEndpoints(MarketId market) =>
        new(new Uri("wss://wbs-api.mexc.com"), new Uri("https://api.mexc.com"));

    public bool TryParseStream(MarketId market, StreamRequest request, out StreamKey? key, out string? fault)
    {
        (key, fault) = MexcStreamRequest.Parse(market, request);
        return key is not null;
    }

    public string PairOf(MarketId market, string symbol) => MexcInstruments.PairOf(symbol);

    public IInstrumentReader CreateInstrumentReader(MarketId market) => new MexcInstrumentReader();

    public IDepthReader CreateDepthReader(MarketId market) => MexcDepth.CreateReader();

    public IFrameDecoder CreateDecoder(MarketId market, DecoderOptions options) => new MexcDecoder();

    public ISubscriptions CreateSubscriptions(MarketId market, string door, SessionOptions options) => new MexcSubscriptions();

    public StreamRules RulesFor(StreamKey key) => MexcBookRule.For(key);
}
