using Ticklake.Core.Books;
using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Binance;

/// <summary>What tells Binance's markets apart: addresses, limits, stream names and rules. Payloads are read alike.</summary>
sealed record BinanceProfile(MarketId Market)
{
    /// <summary>Door of what the matching engine publishes: books and single trades.</summary>
    public const string PublicDoor = "public";

    /// <summary>Door of everything else.</summary>
    public const string MarketDoor = "market";

    static readonly string[] Intervals =
        ["1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h", "12h", "1d", "3d", "1w", "1M"];

    /// <summary>binance-spot-api-docs, web-socket-streams.md and rest-api.md; see the README's table.</summary>
    public static BinanceProfile Spot { get; } = new(new MarketId("binance", MarketId.Spot))
    {
        Endpoints = new(new Uri("wss://stream.binance.com:9443"), new Uri("https://api.binance.com")),
        Limits = new(
            StreamsPerConnection: 1024,
            ConnectsPerWindow: 300,
            ConnectWindow: TimeSpan.FromMinutes(5),
            // Five messages a second are allowed, pings and pongs included; a live test held at one in 500 ms, not in 250.
            MessageInterval: TimeSpan.FromMilliseconds(500),
            // The exchange counts by the UTC minute (A6); its firewall answers 403 to those who are too fast.
            Rest: new(6000, TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(20)),
            HeartbeatTimeout: null,
            SocketTimeout: TimeSpan.FromSeconds(60)),
        DepthPath = "/api/v3/depth",
        // Permission sets are most of the answer and of no use here.
        InstrumentsPath = "/api/v3/exchangeInfo?showPermissionSets=false",
        InstrumentsWeight = 20,
        SnapshotWeight = 50,
        TradeKinds = ["trade", BinanceStreamName.AggregateKind],
        Speeds = ["100ms", "1000ms"],
        WholeBookSpeeds = ["100ms", "1000ms"],
        UnnamedSpeed = "1000ms",
        Timeframes = ["1s", .. Intervals],
        Sequence = SequenceRule.FirstDeltaSpansSnapshot,
    };

    /// <summary>developers.binance.com, USD-M futures, and what was measured of it; see the README's table.</summary>
    public static BinanceProfile UsdM { get; } = new(new MarketId("binance", "usdm"))
    {
        Endpoints = new(new Uri("wss://fstream.binance.com"), new Uri("https://fapi.binance.com")),
        Limits = FuturesLimits,
        HasDoors = true,
        ContractKind = 1,
        DepthPath = "/fapi/v1/depth",
        InstrumentsPath = "/fapi/v1/exchangeInfo",
        InstrumentsWeight = 1,
        SnapshotWeight = 20,
        TradeKinds = [BinanceStreamName.AggregateKind, "trade"],
        Speeds = ["100ms", "0ms", "250ms", "500ms"],
        WholeBookSpeeds = ["100ms", "250ms", "500ms"],
        UnnamedSpeed = "250ms",
        Timeframes = Intervals,
        Sequence = SequenceRule.EachNamesPrevious,
    };

    /// <summary>
    /// COIN-M: the payloads and the rules of USD-M; quantities are contracts. For recordings of others only: whether its
    /// stream addresses are split is not settled (README, "COIN-M").
    /// </summary>
    public static BinanceProfile CoinM { get; } = UsdM with
    {
        Market = new MarketId("binance", "coinm"),
        Endpoints = new(new Uri("wss://dstream.binance.com"), new Uri("https://dapi.binance.com")),
        HasDoors = false,
        ContractKind = 2,
        DepthPath = "/dapi/v1/depth",
        InstrumentsPath = null,
    };

    // 1,024 streams are accepted, mirrors of the documents and the options' page say 200: more would gain nothing. Ten
    // messages a second are documented, sixteen back to back were closed; the pongs count too.
    static ExchangeLimits FuturesLimits => new(
        StreamsPerConnection: 200,
        ConnectsPerWindow: 300,
        ConnectWindow: TimeSpan.FromMinutes(5),
        MessageInterval: TimeSpan.FromMilliseconds(250),
        // One pool for USD-M and COIN-M (B6).
        Rest: new(2400, TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(20)) { Pool = "futures" },
        HeartbeatTimeout: null,
        SocketTimeout: TimeSpan.FromSeconds(60));

    public required ExchangeEndpoints Endpoints { get; init; }

    public required ExchangeLimits Limits { get; init; }

    /// <summary>Streams are split over <see cref="PublicDoor"/> and <see cref="MarketDoor"/>.</summary>
    public bool HasDoors { get; init; }

    /// <summary>The <c>st</c> of this market's rows where a stream mixes several, or 0 where there is none: spot.</summary>
    public int ContractKind { get; init; }

    public bool IsFutures => ContractKind != 0;

    /// <summary>A row of this contract kind is of this market; 0 is one that does not say.</summary>
    public bool Holds(long contractKind) => contractKind == 0 || contractKind == ContractKind;

    /// <summary>Path of REST book snapshots.</summary>
    public required string DepthPath { get; init; }

    /// <summary>The REST request for the list of symbols, or null where it is not read.</summary>
    public string? InstrumentsPath { get; init; }

    public int InstrumentsWeight { get; init; }

    /// <summary>What a snapshot of 1,000 levels costs.</summary>
    public required int SnapshotWeight { get; init; }

    /// <summary>Kinds of trade streams, the default first.</summary>
    public required string[] TradeKinds { get; init; }

    /// <summary>Intervals of book differences, the default first.</summary>
    public required string[] Speeds { get; init; }

    /// <summary>Intervals of <c>@depthN</c>, the default first.</summary>
    public required string[] WholeBookSpeeds { get; init; }

    /// <summary>
    /// The interval that is meant by a name without one. Naming it is acknowledged and stays silent for ever.
    /// </summary>
    public required string UnnamedSpeed { get; init; }

    public required string[] Timeframes { get; init; }

    /// <summary>How book updates join and follow.</summary>
    public required SequenceRule Sequence { get; init; }

    public static BinanceProfile? Of(MarketId market) =>
        Array.Find([Spot, UsdM, CoinM], profile => profile.Market == market);

    /// <summary>Which of the sockets serves the stream; a stream asked of the other is acknowledged and stays silent.</summary>
    public string DoorOf(StreamKey stream)
    {
        if (!HasDoors)
            return "";
        var isPublic = stream.Channel is Channel.Books or Channel.DepthSnapshots or Channel.BookTicker
            || (stream.Channel == Channel.Trades && stream.Variant.Length > 0);
        return isPublic ? PublicDoor : MarketDoor;
    }

    public string ConnectPath(string door) => HasDoors ? $"/{(door.Length == 0 ? PublicDoor : door)}/stream" : "/stream";
}
