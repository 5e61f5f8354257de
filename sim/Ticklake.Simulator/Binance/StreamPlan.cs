using System.Text.RegularExpressions;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Binance;

/// <summary>A stream name understood; names that mean nothing have no plan and stay silent for ever.</summary>
sealed partial record StreamPlan(
    string Table, string Symbol, Func<BinanceConnection, TruthStream, BinanceStream> Create)
{
    /// <summary>The plan of a name, or null. Symbols are lower case and nothing else (binance.md section A3).</summary>
    public static StreamPlan? For(string name, BinanceVenue venue)
    {
        if (name == "!miniTicker@arr")
        {
            return new("ticker", "", (c, s) => new AllMiniTickersStream(c, s, venue.Markets.Select(m => m.Market)));
        }

        var at = name.IndexOf('@', StringComparison.Ordinal);
        return at < 0 || venue.FindLowerCase(name[..at]) is not { } market ? null : OfMarket(name[(at + 1)..], market);
    }

    /// <summary>
    /// Turns trades, depth differences and book tickers into lanes of a load test; the rest stays as it is.
    /// </summary>
    public StreamPlan UnderLoad(string name, BinanceVenue venue)
    {
        if (venue.Find(Symbol) is not { } market)
            return this;
        var symbol = market.Market.Symbol;
        Func<TruthStream, FirehoseLane>? lane = name[(name.IndexOf('@', StringComparison.Ordinal) + 1)..] switch
        {
            "trade" => s => new FirehoseTradeLane(s, symbol),
            "bookTicker" => s => new FirehoseBookTickerLane(s, symbol),
            "depth" or "depth@100ms" => s => new FirehoseDepthLane(s, market.LoadBook, BinanceMarket.LoadStart),
            _ => null,
        };
        return lane is null ? this : this with { Create = (c, s) => new FirehoseStream(c, s, lane) };
    }

    static StreamPlan? OfMarket(string kind, BinanceMarket market)
    {
        var (book, symbol) = (market.Market, market.Symbol);
        if (PartialDepth().Match(kind) is { Success: true } match)
        {
            var depth = int.Parse(match.Groups[1].ValueSpan, null);
            var interval = TimeSpan.FromMilliseconds(match.Groups[2].Length > 0 ? 100 : 1000);
            return new("depth_snapshots", symbol, (c, s) => new PartialDepthStream(c, s, book, depth, interval));
        }

        if (kind.StartsWith("kline_", StringComparison.Ordinal) && book.Candles.Find(kind[6..]) is { } series)
        {
            // Every two seconds, those of a second every second (binance.md section A4).
            var interval = TimeSpan.FromSeconds(series.Timeframe.LengthMs == 1_000 ? 1 : 2);
            return new("candles", symbol, (c, s) => new KlineStream(c, s, book.Symbol, series, interval));
        }

        return kind switch
        {
            "trade" => new("trades", symbol, (c, s) => new TradeStream(c, s, book)),
            "aggTrade" => new("trades", symbol, (c, s) => new AggregateTradeStream(c, s, market)),
            "bookTicker" => new("book_ticker", symbol, (c, s) => new BookTickerStream(c, s, book)),
            "depth" => new("books", symbol, (c, s) => new DepthStream(c, s, book, market.Depth1000)),
            "depth@100ms" => new("books", symbol, (c, s) => new DepthStream(c, s, book, market.Depth100)),
            "ticker" => new("ticker", symbol, (c, s) => new TickerStream(c, s, book, isMini: false)),
            "miniTicker" => new("ticker", symbol, (c, s) => new TickerStream(c, s, book, isMini: true)),
            _ => null,
        };
    }

    [GeneratedRegex("^depth(5|10|20)(@100ms)?$")]
    private static partial Regex PartialDepth();
}
