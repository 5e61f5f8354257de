using System.Globalization;
using Microsoft.AspNetCore.Http;
using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.Upbit;

/// <summary>The quotation part of <c>/v1</c> (upbit.md section 6).</summary>
sealed class UpbitRest(UpbitVenue venue)
{
    const int PerSecond = 10;
    const long SecondUs = 1_000_000;

    readonly Dictionary<string, (long Second, int Count)> _used = [];

    public Task ServeAsync(HttpContext context, string path) => RestEndpoint.ServeAsync(
        context, venue.Parts, path, () => Answer(path, context.Request.Query, context.ClientAddress()),
        context.Request.Query[path == "orderbook" ? "markets" : "market"]);

    RestAnswer Answer(string path, IQueryCollection query, string client)
    {
        var refused = "{\"error\":{\"name\":429,\"message\":\"Too many requests\"}}"u8.ToArray();
        if (RestEndpoint.Refusal(venue.Parts, path, refused) is { } refusal)
            return refusal;
        var group = path.Split('/')[0] switch { "candles" => "candle", "trades" => "trade", var name => name };
        var left = Take(client + group);
        var answer = left < 0 && venue.Parts.Options.EnforcesLimits ? new(429, refused) : Route(path, query);
        var count = Math.Max(left, 0).ToString(CultureInfo.InvariantCulture);
        return answer with { Headers = [("Remaining-Req", $"group={group}; min=600; sec={count}")] };
    }

    int Take(string group)
    {
        var second = venue.Parts.LimitNowUs / SecondUs;
        var used = _used.GetValueOrDefault(group);
        used = used.Second == second ? (second, used.Count + 1) : (second, 1);
        _used[group] = used;
        return PerSecond - used.Count;
    }

    RestAnswer Route(string path, IQueryCollection query)
    {
        var markets = query["markets"].ToString().Split(',').Select(venue.Market).OfType<ScriptedMarket>().ToArray();
        switch (path)
        {
            case "market/all":
                return List(venue.Markets, DescribeMarket);
            case "orderbook/instruments":
                return List(markets, DescribeInstrument);
            case "orderbook":
                var depth = Math.Clamp(query.Number("count", 30), 1, StreamPlan.Depth);
                var rows = 0;
                return List(markets, (text, market) => rows += WriteBook(text, market, depth)) with { Rows = rows };
            case "ticker/all":
                var quotes = query["quote_currencies"].ToString().Split(',');
                return List(
                    venue.Markets.Where(m => quotes.Contains(m.Symbol.Symbol.Split('-')[0])),
                    (text, market) => TickerStream.Write(Head(text, market), market, default)
                        .Key("acc_trade_price_24h").Number(QuoteVolumeOf(market)).Raw("}"u8));
            case "ticker":
                return List(markets, (text, market) =>
                    TickerStream.Write(Head(text, market), market, default).Raw("}"u8));
        }

        if (venue.Market(query["market"].ToString()) is not { } one)
            return Error(404, "Code not found");
        var count = Math.Clamp(query.Number("count", 1), 1, path == "trades/ticks" ? 500 : 200);
        if (path == "trades/ticks")
            return List(one.Trades.TakeLast(count).Reverse(), (text, trade) => WriteTrade(text, one, trade));
        if (path.StartsWith("candles/minutes/", StringComparison.Ordinal)
            && one.Candles.Find(path["candles/minutes/".Length..] + "m") is { } series)
            return Candles(one, series, count);
        return path == "candles/seconds" ? Candles(one, one.Candles.Find("1s")!, count) : Error(404, "Path not found");
    }

    static double QuoteVolumeOf(ScriptedMarket market) =>
        (double)market.Day.QuoteVolume / Math.Pow(10, SymbolSpec.AmountScale + market.Symbol.PriceScale);

    int WriteBook(Utf8Text text, ScriptedMarket market, int depth)
    {
        Head(text, market).Key("timestamp").Integer(venue.Parts.Timeline.NowMs);
        var rows = OrderbookStream.Write(text, market, depth, default);
        text.Raw(",\"level\":0}"u8);
        return rows;
    }

    static void WriteTrade(Utf8Text text, ScriptedMarket market, MarketTrade trade) => Head(text, market)
        .Key("timestamp").Integer(trade.TimeUs / 1000)
        .Key("trade_price").Decimals(trade.Price, market.Symbol.PriceScale, 8)
        .Key("trade_volume").Java(trade.Amount, SymbolSpec.AmountScale)
        .Key("ask_bid").Quoted(trade.TakerBuys ? "BID" : "ASK").Key("sequential_id").Integer(TradeStream.IdOf(trade)).Raw("}"u8);

    static RestAnswer Candles(ScriptedMarket market, CandleSeries series, int count) =>
        List(series.Candles.TakeLast(count).Reverse(), (text, candle) =>
            CandleStream.Write(Head(text, market), candle, market.Symbol, default).Raw("}"u8));

    static void DescribeMarket(Utf8Text text, ScriptedMarket market) => Head(text, market)
        .Key("korean_name").Quoted(market.Symbol.Symbol).Key("english_name").Quoted(market.Symbol.Symbol)
        .Raw(",\"market_event\":{\"warning\":false,\"caution\":{\"PRICE_FLUCTUATIONS\":false}}}"u8);

    static void DescribeInstrument(Utf8Text text, ScriptedMarket market) => Head(text, market)
        .Key("quote_currency").Quoted(market.Symbol.Symbol.Split('-')[0])
        .Raw(",\"tick_size\":\""u8).Decimals(1, market.Symbol.PriceScale, market.Symbol.PriceScale)
        .Raw("\",\"supported_levels\":[\"0\"]}"u8);

    static Utf8Text Head(Utf8Text text, ScriptedMarket market) =>
        text.Raw("{\"market\":"u8).Quoted(market.Symbol.Symbol);

    static RestAnswer List<T>(IEnumerable<T> items, Action<Utf8Text, T> write)
    {
        var text = new Utf8Text().Raw("["u8);
        foreach (var item in items)
            write(text.Length > 1 ? text.Raw(","u8) : text, item);
        return RestAnswer.Ok(text.Raw("]"u8));
    }

    static RestAnswer Error(int status, string message) => new(
        status, new Utf8Text().Raw("{\"error\":{\"name\":"u8).Integer(status).Key("message").Quoted(message).Raw("}}"u8).ToArray());
}
