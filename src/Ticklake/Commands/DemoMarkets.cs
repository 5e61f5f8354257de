using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Runtime.Configuration;
using Ticklake.Simulator;

namespace Ticklake.Commands;

/// <summary>What the demo records: every channel of every simulated exchange.</summary>
static class DemoMarkets
{
    static readonly string[] BitfinexSymbols = ["tBTCUSD", "tETHUSD", "tXRPBTC"];
    static readonly string[] BinanceSymbols = ["BTCUSDT", "ETHUSDT"];

    public static IReadOnlyList<MarketId> All { get; } = [.. ExchangeCatalog.All.SelectMany(e => e.Markets)];

    public static IEnumerable<MarketOptions> Options(ExchangeSimulator simulator)
    {
        yield return Market(
            "bitfinex",
            new ExchangeEndpoints(simulator.BitfinexWebSocket, simulator.BitfinexRest),
            [
                .. Each(Channel.Ticker, [.. BitfinexSymbols, "fUSD"]),
                .. Each(Channel.Trades, BitfinexSymbols),
                .. Each(Channel.Books, BitfinexSymbols),
                .. Each(Channel.RawBooks, BitfinexSymbols),
                .. Each(Channel.Candles, BitfinexSymbols, ("timeframe", "1m")),
            ]);
        yield return Market(
            "binance",
            new ExchangeEndpoints(simulator.BinanceWebSocket, simulator.BinanceRest),
            [
                .. Each(Channel.Ticker, BinanceSymbols),
                .. Each(Channel.Trades, BinanceSymbols),
                .. Each(Channel.Books, BinanceSymbols),
                .. Each(Channel.BookTicker, BinanceSymbols),
                .. Each(Channel.Candles, BinanceSymbols, ("timeframe", "1m")),
                .. Each(Channel.DepthSnapshots, BinanceSymbols, ("levels", "20")),
            ]);
    }

    static MarketOptions Market(string id, ExchangeEndpoints endpoints, IEnumerable<StreamRequest> requests)
    {
        var exchange = ExchangeCatalog.Find(id)!;
        var market = exchange.Markets[0];
        return new MarketOptions
        {
            Exchange = exchange,
            Market = market,
            Endpoints = endpoints,
            MaxStreamsPerConnection = exchange.LimitsOf(market).StreamsPerConnection,
            Streams = [.. requests.Select(r => Key(exchange, market, r))],
        };
    }

    static StreamKey Key(IExchange exchange, MarketId market, StreamRequest request) =>
        exchange.TryParseStream(market, request, out var key, out var fault)
            ? key!
            : throw new InvalidOperationException($"The demo asks for what {exchange.Id} does not have: {fault}");

    static IEnumerable<StreamRequest> Each(Channel channel, string[] symbols, params (string Name, string Value)[] options) =>
        symbols.Select(s => new StreamRequest(channel, s, options.ToDictionary(o => o.Name, o => o.Value)));
}
