using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Upbit;

/// <summary>
/// Upbit spot (Korea), public quotations. Frames are binary messages of JSON; every book frame is whole; a request replaces
/// the one before it and is never acknowledged; trade ids are unique and neither ordered nor consecutive.
/// <see cref="UpbitSubscriptions"/> asks, <see cref="UpbitDecoder"/> reads, <see cref="UpbitBookRule"/> checks.
/// </summary>
public sealed class UpbitExchange : IExchange
{
    public static MarketId Spot { get; } = new("upbit", MarketId.Spot);

    public string Id => Spot.Exchange;

    public IReadOnlyList<MarketId> Markets { get; } = [Spot];

    /// <summary>docs.upbit.com v1.6.4, rate limits of 2026-10-07; see the README's table.</summary>
    static readonly ExchangeLimits Limits = new(
        // Requests with all 200 markets of won are common; nothing is documented.
        StreamsPerConnection: 300,
        // Five a second an address: one is left for others.
        ConnectsPerWindow: 4,
        ConnectWindow: TimeSpan.FromSeconds(1),
        // Five a second and a hundred a minute: the second is the narrower.
        MessageInterval: TimeSpan.FromMilliseconds(650),
        // Ten a second a group of endpoints; whoever goes on after a refusal is banned.
        Rest: new(10, TimeSpan.FromSeconds(1)) { RefusalBlock = TimeSpan.FromSeconds(2) },
        HeartbeatTimeout: null,
        // The server cuts at 120 s without anything either way; half of ours remains for the answer to a ping.
        SocketTimeout: TimeSpan.FromSeconds(60));

    public ExchangeLimits LimitsOf(MarketId market) => Limits;

    /// <summary>Singapore, Indonesia and Thailand are exchanges of their own at other hosts.</summary>
    public ExchangeEndpoints DefaultEndpoints(MarketId market) =>
        new(new Uri("wss://api.upbit.com"), new Uri("https://api.upbit.com"));

    public bool TryParseStream(MarketId market, StreamRequest request, out StreamKey? key, out string? fault)
    {
        (key, fault) = UpbitStreamRequest.Parse(market, request);
        return key is not null;
    }

    public bool Publishes(MarketId market, Channel channel) => channel != Channel.BookTicker;

    public string PairOf(MarketId market, string symbol) => UpbitInstruments.PairOf(symbol);

    public IInstrumentReader CreateInstrumentReader(MarketId market) => new UpbitInstrumentReader();

    public MarketListing ListingOf(MarketId market) => new(
        // CAUTION warns of what trades all the same.
        "KRW-BTC", ["ACTIVE", "CAUTION"],
        new VolumeRequest(
            new RestRequest("/v1/ticker/all?quote_currencies=KRW,BTC,USDT", 1), [], "market", "acc_trade_price_24h"));

    public ServerTimeSource TimeSourceOf(MarketId market) => ServerTimeSource.Header("/v1/ticker?markets=KRW-BTC");

    public IDepthReader CreateDepthReader(MarketId market) => new UpbitDepth();

    public IFrameDecoder CreateDecoder(MarketId market, DecoderOptions options) => new UpbitDecoder();

    public ISubscriptions CreateSubscriptions(MarketId market, string door, SessionOptions options) => new UpbitSubscriptions();

    public StreamRules RulesFor(StreamKey key) => UpbitBookRule.For(key);
}
