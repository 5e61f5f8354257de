using System.Text.RegularExpressions;
using Ticklake.Simulator.Binance;

namespace Ticklake.Simulator.BinanceFutures;

/// <summary>
/// What stream names of futures mean (binance.md section B4). Names are lower case and never say 250ms; what is asked for at
/// the wrong door means nothing there.
/// </summary>
static partial class FuturesPlans
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    static readonly TimeSpan ThreeSeconds = TimeSpan.FromSeconds(3);

    public static StreamPlan? For(string name, string door, FuturesVenue venue)
    {
        var at = name.IndexOf('@', StringComparison.Ordinal);
        var kind = name[(at + 1)..];
        var isPublic = kind.StartsWith("depth", StringComparison.Ordinal) || kind is "trade" or "bookTicker";
        if (isPublic != (door == FuturesVenue.PublicDoor))
            return null;
        return name switch
        {
            "!markPrice@arr" => new("mark_price", "", (c, s) => new AllMarkPricesStream(c, s, venue.Markets, ThreeSeconds)),
            "!markPrice@arr@1s" => new("mark_price", "", (c, s) => new AllMarkPricesStream(c, s, venue.Markets, Second)),
            "!forceOrder@arr" => new("liquidations", "", (c, s) => new LiquidationStream(c, s, venue.Markets)),
            _ => at > 0 && venue.FindLowerCase(name[..at]) is { } market ? OfMarket(kind, market) : null,
        };
    }

    static StreamPlan? OfMarket(string kind, FuturesMarket market)
    {
        var symbol = market.Symbol;
        if (PartialDepth().Match(kind) is { Success: true } match)
        {
            var depth = int.Parse(match.Groups[1].ValueSpan, null);
            var interval = TimeSpan.FromMilliseconds(match.Groups[2].Value switch { "@100ms" => 100, "@500ms" => 500, _ => 250 });
            return new("depth_snapshots", symbol, (c, s) => new FuturesPartialStream(c, s, market, depth, interval));
        }

        if (kind.StartsWith("kline_", StringComparison.Ordinal) && market.Market.Candles.Find(kind[6..]) is { } series)
        {
            var interval = TimeSpan.FromMilliseconds(250);
            return new("candles", symbol, (c, s) => new KlineStream(c, s, market.Market.Symbol, series, interval));
        }

        return kind switch
        {
            "aggTrade" => new("trades", symbol, (c, s) => new FuturesAggregateStream(c, s, market)),
            "trade" => new("trades", symbol, (c, s) => new FuturesTradeStream(c, s, market)),
            "bookTicker" => new("book_ticker", symbol, (c, s) => new FuturesBookTickerStream(c, s, market)),
            "depth@0ms" => new("books", symbol, (c, s) => new EngineDepthStream(c, s, market)),
            "depth@100ms" => new("books", symbol, (c, s) => new FuturesDepthStream(c, s, market, market.Depth100)),
            "depth" => new("books", symbol, (c, s) => new FuturesDepthStream(c, s, market, market.Depth250)),
            "depth@500ms" => new("books", symbol, (c, s) => new FuturesDepthStream(c, s, market, market.Depth500)),
            "ticker" => new("ticker", symbol, (c, s) => new FuturesTickerStream(c, s, market)),
            "markPrice" => new("mark_price", symbol, (c, s) => new MarkPriceStream(c, s, market, ThreeSeconds)),
            "markPrice@1s" => new("mark_price", symbol, (c, s) => new MarkPriceStream(c, s, market, Second)),
            "forceOrder" => new("liquidations", symbol, (c, s) => new LiquidationStream(c, s, [market])),
            _ => null,
        };
    }

    [GeneratedRegex("^depth(5|10|20)(@100ms|@500ms)?$")]
    private static partial Regex PartialDepth();
}
