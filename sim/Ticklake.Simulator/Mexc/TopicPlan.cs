using System.Globalization;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Mexc;

/// <summary>A topic understood; others are refused as "Blocked!".</summary>
sealed record TopicPlan(string Table, string Symbol, Func<MexcConnection, TruthStream, MexcStream> Create)
{
    const string Prefix = "spot@public.";

    static readonly string[] Zones =
    [
        "24H", "UTC-10", "UTC-8", "UTC-7", "UTC-6", "UTC-5", "UTC-4", "UTC-3", "UTC+0", "UTC+1", "UTC+2", "UTC+3", "UTC+4",
        "UTC+4:30", "UTC+5", "UTC+5:30", "UTC+6", "UTC+7", "UTC+8", "UTC+9", "UTC+10", "UTC+11", "UTC+12", "UTC+12:45",
        "UTC+13",
    ];

    /// <summary>The plan of a topic, or null. Speed stands before the symbol, all else behind it (mexc.md section 3).</summary>
    public static TopicPlan? For(string topic, MexcVenue venue)
    {
        if (!topic.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        var parts = topic[Prefix.Length..].Split('@');
        return parts switch
        {
            ["bookTicker.batch.v3.api.pb", var symbol] when venue.Find(symbol) is { } market =>
                new("book_ticker", symbol, (c, s) => new QuoteBatchStream(c, s, market)),
            ["limit.depth.v3.api.pb", var symbol, "5" or "10" or "20"] when venue.Find(symbol) is { } market =>
                new("depth_snapshots", symbol, (c, s) =>
                    new LimitDepthStream(c, s, market, int.Parse(parts[2], CultureInfo.InvariantCulture))),
            ["kline.v3.api.pb", var symbol, var interval] when venue.Find(symbol) is { } market
                && market.Market.Candles.Find(interval) is { } series =>
                new("candles", symbol, (c, s) => new KlineStream(c, s, market, series)),
            ["miniTicker.v3.api.pb", var symbol, var zone] when venue.Find(symbol) is { } market && Zones.Contains(zone) =>
                new("ticker", symbol, (c, s) => new MiniTickerStream(c, s, market)),
            [var type, "100ms" or "10ms", var symbol] when venue.Find(symbol) is { } market =>
                Aggregate(type, market, isFast: parts[1] == "10ms"),
            _ => null,
        };
    }

    static TopicPlan? Aggregate(string type, MexcMarket market, bool isFast)
    {
        var interval = TimeSpan.FromMilliseconds(isFast ? 10 : 100);
        return type switch
        {
            "aggre.deals.v3.api.pb" =>
                new("trades", market.Symbol, (c, s) => new DealsStream(c, s, market, interval)),
            "aggre.depth.v3.api.pb" => new("books", market.Symbol, (c, s) =>
                new DepthStream(c, s, market, isFast ? market.Depth10 : market.Depth100)),
            "aggre.bookTicker.v3.api.pb" =>
                new("book_ticker", market.Symbol, (c, s) => new QuoteStream(c, s, market, interval, isFast)),
            _ => null,
        };
    }
}
