using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Runtime.Configuration;
using Ticklake.Runtime.Pipeline;
using Ticklake.Simulator;

namespace Ticklake.Commands;

/// <summary>What the demo records: every channel of every simulated market.</summary>
static class DemoMarkets
{
    static readonly string[] Bitfinex = ["tBTCUSD", "tETHUSD", "tXRPBTC"];
    static readonly string[] Binance = ["BTCUSDT", "ETHUSDT"];
    static readonly string[] Gateio = ["BTC_USDT", "ETH_USDT"];
    static readonly string[] Upbit = ["KRW-BTC", "KRW-ETH"];
    static readonly string[] Mexc = ["BTCUSDT", "龙虾USDT"];
    static readonly string[] Coinbase = ["BTC-USD", "ETH-USD"];

    static readonly string[] OkxSpot = ["BTC-USDT", "ETH-USDT"];
    static readonly string[] OkxSwap = ["BTC-USDT-SWAP", "ETH-USDT-SWAP"];
    static readonly string[] OkxFutures = ["BTC-USD-261225", "ETH-USD-261225"];

    static readonly string[] Bybit = ["BTCUSDT", "ETHUSDT"];

    // By the name that paths of the lake give a market.
    static readonly Dictionary<string, StreamRequest[]> Wanted = new()
    {
        ["bitfinex"] =
        [
            .. Each(Channel.Ticker, [.. Bitfinex, "fUSD"]),
            .. Each(Channel.Trades, Bitfinex),
            .. Each(Channel.Books, Bitfinex),
            .. Each(Channel.RawBooks, Bitfinex),
            .. Each(Channel.Candles, Bitfinex, ("timeframe", "1m")),
        ],
        ["binance"] =
        [
            .. Each(Channel.Ticker, Binance),
            .. Each(Channel.Trades, Binance),
            .. Each(Channel.Books, Binance),
            .. Each(Channel.BookTicker, Binance),
            .. Each(Channel.Candles, Binance, ("timeframe", "1m")),
            .. Each(Channel.DepthSnapshots, Binance, ("levels", "20")),
        ],
        ["gateio"] =
        [
            .. Each(Channel.Ticker, Gateio),
            .. Each(Channel.Trades, Gateio),
            .. Each(Channel.Books, ["BTC_USDT"]),
            .. Each(Channel.Books, ["ETH_USDT"], ("levels", "100")),
            .. Each(Channel.BookTicker, Gateio),
            .. Each(Channel.Candles, Gateio, ("timeframe", "1m")),
            .. Each(Channel.DepthSnapshots, Gateio, ("levels", "20")),
        ],
        ["upbit"] =
        [
            .. Each(Channel.Ticker, Upbit),
            .. Each(Channel.Trades, Upbit),
            .. Each(Channel.Books, Upbit),
            .. Each(Channel.Candles, Upbit, ("timeframe", "1m")),
        ],
        ["mexc"] =
        [
            .. Each(Channel.Ticker, Mexc),
            .. Each(Channel.Trades, Mexc),
            .. Each(Channel.Books, Mexc),
            .. Each(Channel.BookTicker, Mexc),
            .. Each(Channel.BookTicker, Mexc, ("speed", "10ms")),
            .. Each(Channel.Candles, Mexc, ("timeframe", "1m")),
            .. Each(Channel.DepthSnapshots, Mexc, ("levels", "20")),
        ],
        ["coinbase"] =
        [
            .. Each(Channel.Ticker, Coinbase),
            .. Each(Channel.Trades, Coinbase),
            .. Each(Channel.Books, Coinbase),
            .. Each(Channel.Candles, Coinbase, ("timeframe", "5m")),
        ],
        ["okx"] = Okx(OkxSpot, "trades"),
        ["okx-swap"] = Okx(OkxSwap, "trades-all"),
        ["okx-futures"] = Okx(OkxFutures, "trades"),
        ["binance-usdm"] =
        [
            .. Each(Channel.Ticker, Binance),
            .. Each(Channel.Trades, Binance),
            .. Each(Channel.Books, Binance),
            .. Each(Channel.BookTicker, Binance),
            .. Each(Channel.Candles, Binance, ("timeframe", "1m")),
            .. Each(Channel.DepthSnapshots, Binance, ("levels", "20")),
            .. Each(Channel.MarkPrice, [.. Binance, "BTCUSDT_261225"]),
            .. Each(Channel.Liquidations, Binance),
        ],
        ["bybit"] = OfBybit(),
        ["bybit-linear"] = OfBybit(),
    };

    static StreamRequest[] OfBybit() =>
    [
        .. Each(Channel.Ticker, Bybit),
        .. Each(Channel.Trades, Bybit),
        .. Each(Channel.Books, Bybit),
        .. Each(Channel.BookTicker, Bybit),
        .. Each(Channel.Candles, Bybit, ("timeframe", "1m")),
    ];

    public static IReadOnlyList<MarketId> All { get; } = [.. ExchangeCatalog.All.SelectMany(e => e.Markets)];

    public static IEnumerable<MarketOptions> Options(ExchangeSimulator simulator) =>
        from exchange in ExchangeCatalog.All
        from market in exchange.Markets
        let streams = Wanted[market.PathName].Select(r => Key(exchange, market, r)).ToList()
        select new MarketOptions
        {
            Exchange = exchange,
            Market = market,
            Endpoints = Endpoints(exchange, market, simulator),
            MaxStreamsPerConnection = exchange.LimitsOf(market).StreamsPerConnection,
            Streams = streams,
            Derived = [.. Derived(exchange, streams)],
        };

    // What the exchange does not send itself, made from its books.
    static IEnumerable<DerivedStream> Derived(IExchange exchange, List<StreamKey> streams)
    {
        foreach (var book in streams.Where(s => s.Channel == Channel.Books))
        {
            if (!exchange.Publishes(book.Market, Channel.BookTicker))
                yield return DerivedStream.BestPricesOf(book);
            if (!streams.Exists(s => s.Channel == Channel.DepthSnapshots && s.Symbol == book.Symbol))
                yield return DerivedStream.SamplesOf(book, TimeSpan.FromSeconds(1), levels: 20);
        }
    }

    static ExchangeEndpoints Endpoints(IExchange exchange, MarketId market, ExchangeSimulator simulator)
    {
        var venue = market.PathName;
        return new ExchangeEndpoints(simulator.WebSocket(venue), simulator.Rest(venue))
        {
            OtherDoors = simulator.OtherDoors(venue),
        };
    }

    static StreamKey Key(IExchange exchange, MarketId market, StreamRequest request) =>
        exchange.TryParseStream(market, request, out var key, out var fault)
            ? key!
            : throw new InvalidOperationException($"The demo asks for what {exchange.Id} does not have: {fault}");

    static StreamRequest[] Okx(string[] symbols, string trade) =>
    [
        .. Each(Channel.Ticker, symbols),
        .. Each(Channel.Trades, symbols, ("trade", trade)),
        .. Each(Channel.Books, symbols),
        .. Each(Channel.BookTicker, symbols),
        .. Each(Channel.Candles, symbols, ("timeframe", "1m")),
        .. Each(Channel.DepthSnapshots, symbols),
    ];

    static IEnumerable<StreamRequest> Each(Channel channel, string[] symbols, params (string Name, string Value)[] options) =>
        symbols.Select(s => new StreamRequest(channel, s, options.ToDictionary(o => o.Name, o => o.Value)));
}
