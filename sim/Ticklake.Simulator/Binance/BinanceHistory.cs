using Microsoft.AspNetCore.Http;
using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.Binance;

/// <summary>REST answers about the past, ascending in time, as far back as the simulation remembers.</summary>
static class BinanceHistory
{
    public static RestAnswer Trades(ScriptedMarket market, IQueryCollection query, long perMs, bool fromId)
    {
        var start = fromId ? query.Long("fromId") : null;
        var text = new Utf8Text().Raw("["u8);
        foreach (var trade in Page(market.Trades.Where(t => t.Id >= (start ?? 0)), start is not null, Limit(query)))
        {
            Next(text).Raw("{\"id\":"u8).Integer(trade.Id).Key("price").Price(trade.Price, market.Symbol)
                .Key("qty").Quantity(trade.Amount)
                .Key("quoteQty").Quote((Int128)trade.Price * trade.Amount, market.Symbol)
                .Key("time").Integer(Time(trade.TimeUs, perMs)).Key("isBuyerMaker").Flag(!trade.TakerBuys)
                .Raw(",\"isBestMatch\":true}"u8);
        }

        return RestAnswer.Ok(text.Raw("]"u8));
    }

    public static RestAnswer Aggregates(
        IReadOnlyList<AggregateTrade> aggregates, SymbolSpec symbol, IQueryCollection query, long perMs)
    {
        var (fromId, start, end) = (query.Long("fromId"), query.Long("startTime"), query.Long("endTime"));
        var found = aggregates.Where(t => t.Id >= (fromId ?? 0) && Inside(t.TimeUs / 1000, start, end));
        var text = new Utf8Text().Raw("["u8);
        foreach (var trade in Page(found, fromId is not null || start is not null, Limit(query)))
        {
            Next(text).Raw("{\"a\":"u8).Integer(trade.Id).Key("p").Price(trade.Price, symbol)
                .Key("q").Quantity(trade.Amount)
                .Key("f").Integer(trade.FirstTradeId).Key("l").Integer(trade.LastTradeId)
                .Key("T").Integer(Time(trade.TimeUs, perMs)).Key("m").Flag(!trade.TakerBuys).Raw(",\"M\":true}"u8);
        }

        return RestAnswer.Ok(text.Raw("]"u8));
    }

    /// <summary>
    /// Rows of twelve: open time, o, h, l, c, volume, close time, quote volume, trades, taker volumes, "0".
    /// </summary>
    public static RestAnswer Klines(SymbolSpec symbol, CandleSeries series, IQueryCollection query, long perMs)
    {
        var (start, end) = (query.Long("startTime"), query.Long("endTime"));
        var text = new Utf8Text().Raw("["u8);
        foreach (var candle in Page(series.Candles.Where(c => Inside(c.OpenTimeMs, start, end)), start is not null,
            Limit(query)))
        {
            var close = (series.Timeframe.Next(candle.OpenTimeMs) * perMs) - 1;
            Next(text).Raw("["u8).Integer(candle.OpenTimeMs * perMs).Raw(","u8).Price(candle.Open, symbol).Raw(","u8)
                .Price(candle.High, symbol).Raw(","u8).Price(candle.Low, symbol).Raw(","u8).Price(candle.Close, symbol)
                .Raw(","u8).Quantity(candle.Volume).Raw(","u8).Integer(close).Raw(","u8)
                .Quote(candle.QuoteVolume, symbol).Raw(","u8).Integer(candle.TradeCount).Raw(","u8)
                .Quantity(candle.TakerBuyVolume).Raw(","u8).Quote(candle.TakerBuyQuoteVolume, symbol).Raw(",\"0\"]"u8);
        }

        return RestAnswer.Ok(text.Raw("]"u8));
    }

    /// <summary>From a given start the oldest rows, otherwise the latest.</summary>
    static IEnumerable<T> Page<T>(IEnumerable<T> found, bool fromStart, int limit) =>
        fromStart ? found.Take(limit) : found.TakeLast(limit);

    static bool Inside(long timeMs, long? start, long? end) => timeMs >= Ms(start ?? 0)
        && timeMs <= Ms(end ?? long.MaxValue);

    /// <summary>Time parameters may be in either unit.</summary>
    static long Ms(long time) => time is >= 100_000_000_000_000 and < long.MaxValue ? time / 1000 : time;

    static long Time(long us, long perMs) => perMs == 1 ? us / 1000 : us;

    static int Limit(IQueryCollection query) => Math.Clamp(query.Number("limit", 500), 1, 1_000);

    static Utf8Text Next(Utf8Text text) => text.Length > 1 ? text.Raw(","u8) : text;
}
