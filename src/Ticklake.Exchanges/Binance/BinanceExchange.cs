using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Binance;

/// <summary>
/// Binance spot and futures, public combined streams. Every frame names its stream; book snapshots come by REST and are
/// joined by update ids; an acknowledgement proves nothing, only data does. <see cref="BinanceProfile"/> tells the markets
/// apart, <see cref="BinanceSubscriptions"/> asks, <see cref="BinanceDecoder"/> reads, <see cref="BinanceBookRule"/> checks.
/// </summary>
public sealed class BinanceExchange : IExchange
{
    public static MarketId Spot => BinanceProfile.Spot.Market;

    public static MarketId UsdM => BinanceProfile.UsdM.Market;

    /// <summary>Read from recordings of others, not recorded.</summary>
    public static MarketId CoinM => BinanceProfile.CoinM.Market;

    public string Id => Spot.Exchange;

    public IReadOnlyList<MarketId> Markets { get; } = [Spot, UsdM];

    public IReadOnlyList<MarketId> ReadableMarkets { get; } = [Spot, UsdM, CoinM];

    public ExchangeLimits LimitsOf(MarketId market) => Known(market).Limits;

    public ExchangeEndpoints DefaultEndpoints(MarketId market) => Known(market).Endpoints;

    public string DoorOf(StreamKey stream) => Known(stream.Market).DoorOf(stream);

    public bool TryParseStream(MarketId market, StreamRequest request, out StreamKey? key, out string? fault)
    {
        (key, fault) = Markets.Contains(market)
            ? BinanceStreamRequest.Parse(Known(market), request)
            : (null, $"market {market} is not recorded; Binance has {string.Join(", ", Markets)}");
        return key is not null;
    }

    public string PairOf(MarketId market, string symbol) => BinanceInstruments.PairOf(Known(market), symbol);

    public IInstrumentReader? CreateInstrumentReader(MarketId market) =>
        Known(market).InstrumentsPath is { } path ? new BinanceInstrumentReader(path, Known(market).InstrumentsWeight) : null;

    public MarketListing ListingOf(MarketId market) => Known(market).IsFutures
        ? new(
            "BTCUSDT", ["TRADING"],
            new VolumeRequest(new RestRequest("/fapi/v1/ticker/24hr", 40), [], "symbol", "quoteVolume"))
        : new(
            "BTCUSDT", ["TRADING"],
            new VolumeRequest(new RestRequest("/api/v3/ticker/24hr?type=MINI", 80), [], "symbol", "quoteVolume"));

    public ServerTimeSource TimeSourceOf(MarketId market) => ServerTimeSource.Milliseconds(
        Known(market).IsFutures ? "/fapi/v1/time" : "/api/v3/time", "serverTime");

    public IDepthReader CreateDepthReader(MarketId market) => BinanceDepth.CreateReader(Known(market));

    public IFrameDecoder CreateDecoder(MarketId market, DecoderOptions options) => new BinanceDecoder(Known(market));

    public ISubscriptions CreateSubscriptions(MarketId market, string door, SessionOptions options) =>
        new BinanceSubscriptions(Known(market), door);

    public StreamRules RulesFor(StreamKey key) => BinanceBookRule.For(key);

    static BinanceProfile Known(MarketId market) =>
        BinanceProfile.Of(market) ?? throw new ArgumentException($"Binance has no market {market}.", nameof(market));
}
