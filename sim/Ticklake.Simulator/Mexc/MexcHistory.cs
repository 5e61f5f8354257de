using Microsoft.AspNetCore.Http;
using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.Mexc;

/// <summary>REST answers about the past; ids are null there (mexc.md section 6).</summary>
static class MexcHistory
{
    const int MostRows = 1_000;
    const int MostCandles = 500;
    const long LongestWindowMs = 3_600_000;

    // REST names intervals otherwise than the stream.
    static readonly Dictionary<string, string> Intervals = new()
    {
        ["1m"] = "Min1",
        ["5m"] = "Min5",
        ["15m"] = "Min15",
        ["30m"] = "Min30",
        ["60m"] = "Min60",
        ["4h"] = "Hour4",
        ["1d"] = "Day1",
        ["1W"] = "Week1",
        ["1M"] = "Month1",
    };

    public static RestAnswer Trades(ScriptedMarket market, IQueryCollection query)
    {
        var text = new Utf8Text().Raw("["u8);
        foreach (var trade in market.Trades.TakeLast(Math.Clamp(query.Number("limit", 500), 1, MostRows)).Reverse())
        {
            Next(text).Raw("{\"id\":null,\"price\":"u8).PaddedPrice(trade.Price, market.Symbol)
                .Key("qty").TrimmedQuantity(trade.Amount)
                .Key("quoteQty").Quoted(MexcPayloads.Quote((Int128)trade.Price * trade.Amount, market.Symbol))
                .Key("time").Integer(trade.TimeUs / 1000).Key("isBuyerMaker").Flag(!trade.TakerBuys)
                .Raw(",\"isBestMatch\":true,\"tradeType\":"u8).Quoted(trade.TakerBuys ? "BID" : "ASK").Raw("}"u8);
        }

        return RestAnswer.Ok(text.Raw("]"u8));
    }

    public static RestAnswer Aggregates(ScriptedMarket market, IQueryCollection query)
    {
        var (start, end) = (query.Long("startTime"), query.Long("endTime"));
        if (end - start > LongestWindowMs)
            return MexcRest.Error(400, -1127, "More than 1 hours between startTime and endTime.");
        var found = market.Trades.Where(t =>
            t.TimeUs / 1000 >= (start ?? 0) && t.TimeUs / 1000 <= (end ?? long.MaxValue));
        var text = new Utf8Text().Raw("["u8);
        foreach (var trade in found.TakeLast(Math.Clamp(query.Number("limit", 500), 1, MostRows)))
        {
            Next(text).Raw("{\"a\":null,\"f\":null,\"l\":null,\"p\":"u8).PaddedPrice(trade.Price, market.Symbol)
                .Key("q").TrimmedQuantity(trade.Amount).Key("T").Integer(trade.TimeUs / 1000)
                .Key("m").Flag(!trade.TakerBuys).Raw(",\"M\":true}"u8);
        }

        return RestAnswer.Ok(text.Raw("]"u8));
    }

    public static RestAnswer Klines(ScriptedMarket market, IQueryCollection query)
    {
        if (!Intervals.TryGetValue(query["interval"].ToString(), out var name) || market.Candles.Find(name) is not { } series)
            return MexcRest.Error(400, -1121, "Invalid interval.");
        var (start, end) = (query.Long("startTime") ?? 0, query.Long("endTime") ?? long.MaxValue);
        var text = new Utf8Text().Raw("["u8);
        foreach (var candle in series.Candles.Where(c => c.OpenTimeMs >= start && c.OpenTimeMs <= end)
            .TakeLast(Math.Clamp(query.Number("limit", MostCandles), 1, MostCandles)))
        {
            Next(text).Raw("["u8).Integer(candle.OpenTimeMs).Raw(","u8).PaddedPrice(candle.Open, market.Symbol).Raw(","u8)
                .PaddedPrice(candle.High, market.Symbol).Raw(","u8).PaddedPrice(candle.Low, market.Symbol).Raw(","u8)
                .PaddedPrice(candle.Close, market.Symbol).Raw(","u8).TrimmedQuantity(candle.Volume).Raw(","u8)
                .Integer(series.Timeframe.Next(candle.OpenTimeMs)).Raw(","u8)
                .Quoted(MexcPayloads.Quote(candle.QuoteVolume, market.Symbol)).Raw("]"u8);
        }

        return RestAnswer.Ok(text.Raw("]"u8));
    }

    static Utf8Text Next(Utf8Text text) => text.Length > 1 ? text.Raw(","u8) : text;
}
