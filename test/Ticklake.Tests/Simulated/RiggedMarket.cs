using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Runtime.Configuration;
using Ticklake.Simulator;

namespace Ticklake.Tests.Simulated;

/// <summary>One simulated market as the rigs record it: one symbol, one stream of every channel it has.</summary>
/// <param name="Venue">As paths of a lake name the market.</param>
/// <param name="Symbol">The symbol.</param>
/// <param name="Wanted">Channels, each with its one option or none.</param>
sealed record RiggedMarket(string Venue, string Symbol, params (Channel Channel, string Option, string Value)[] Wanted)
{
    public static IReadOnlyList<RiggedMarket> All { get; } =
    [
        new("bitfinex", "tBTCUSD",
            (Channel.Ticker, "", ""), (Channel.Trades, "", ""), (Channel.Books, "", ""), (Channel.RawBooks, "", ""),
            (Channel.Candles, "timeframe", "1m")),
        new("binance", "BTCUSDT",
            (Channel.Ticker, "", ""), (Channel.Trades, "", ""), (Channel.Books, "", ""), (Channel.BookTicker, "", ""),
            (Channel.Candles, "timeframe", "1m"), (Channel.DepthSnapshots, "levels", "20")),
        new("gateio", "BTC_USDT",
            (Channel.Ticker, "", ""), (Channel.Trades, "", ""), (Channel.Books, "", ""), (Channel.BookTicker, "", ""),
            (Channel.Candles, "timeframe", "1m"), (Channel.DepthSnapshots, "levels", "20")),
        new("upbit", "KRW-BTC",
            (Channel.Ticker, "", ""), (Channel.Trades, "", ""), (Channel.Books, "", ""), (Channel.Candles, "timeframe", "1m")),
        new("mexc", "BTCUSDT",
            (Channel.Ticker, "", ""), (Channel.Trades, "", ""), (Channel.Books, "", ""), (Channel.BookTicker, "", ""),
            (Channel.Candles, "timeframe", "1m"), (Channel.DepthSnapshots, "levels", "20")),
        new("coinbase", "BTC-USD",
            (Channel.Ticker, "", ""), (Channel.Trades, "", ""), (Channel.Books, "", ""), (Channel.Candles, "timeframe", "5m")),
        Okx("okx", "BTC-USDT", "trades"),
        Okx("okx-swap", "BTC-USDT-SWAP", "trades-all"),
        Okx("okx-futures", "BTC-USD-261225", "trades"),
        // What the public door has comes first: faults of books are the first connection's.
        new("binance-usdm", "BTCUSDT",
            (Channel.Books, "", ""), (Channel.BookTicker, "", ""), (Channel.DepthSnapshots, "levels", "20"),
            (Channel.Ticker, "", ""), (Channel.Trades, "", ""), (Channel.Candles, "timeframe", "1m"),
            (Channel.MarkPrice, "", ""), (Channel.Liquidations, "", "")),
        new("bybit", "BTCUSDT",
            (Channel.Ticker, "", ""), (Channel.Trades, "", ""), (Channel.Books, "", ""), (Channel.BookTicker, "", ""),
            (Channel.Candles, "timeframe", "1m")),
        new("bybit-linear", "BTCUSDT",
            (Channel.Ticker, "", ""), (Channel.Trades, "", ""), (Channel.Books, "", ""), (Channel.BookTicker, "", ""),
            (Channel.Candles, "timeframe", "1m")),
    ];

    static RiggedMarket Okx(string venue, string symbol, string trade) => new(
        venue, symbol,
        (Channel.Ticker, "", ""), (Channel.Trades, "trade", trade), (Channel.Books, "", ""), (Channel.BookTicker, "", ""),
        (Channel.Candles, "timeframe", "1m"), (Channel.DepthSnapshots, "", ""));

    public static RiggedMarket Of(string venue) => All.Single(m => m.Venue == venue);

    /// <summary>From <c>binance/usdm</c>, as the recorder's status has it.</summary>
    public static string VenueOf(string market) =>
        new MarketId(market.Split('/')[0], market.Split('/')[1]).PathName;

    public MarketId Market => Exchange.Markets.Single(m => m.PathName == Venue);

    IExchange Exchange => ExchangeCatalog.Find(Venue.Split('-')[0])!;

    public MarketOptions Options(ExchangeSimulator simulator) => new()
    {
        Exchange = Exchange,
        Market = Market,
        Endpoints = new ExchangeEndpoints(simulator.WebSocket(Venue), simulator.Rest(Venue))
        {
            OtherDoors = simulator.OtherDoors(Venue),
        },
        MaxStreamsPerConnection = Exchange.LimitsOf(Market).StreamsPerConnection,
        Streams = [.. Wanted.Select(w => Key(w.Channel, w.Option, w.Value))],
    };

    StreamKey Key(Channel channel, string option, string value)
    {
        var options = new Dictionary<string, string>();
        if (option.Length > 0)
            options.Add(option, value);
        return Exchange.TryParseStream(Market, new StreamRequest(channel, Symbol, options), out var key, out var fault)
            ? key!
            : throw new InvalidOperationException(fault);
    }
}
