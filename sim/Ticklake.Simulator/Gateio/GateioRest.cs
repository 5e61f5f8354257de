using System.Globalization;
using Microsoft.AspNetCore.Http;
using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.Gateio;

/// <summary>The market data part of <c>/api/v4/spot</c> (gateio.md section 6).</summary>
sealed class GateioRest(GateioVenue venue)
{
    const int PerTenSeconds = 200;
    const long TenSecondsUs = 10_000_000;

    readonly Dictionary<string, Queue<long>> _asked = [];

    long NowMs => venue.Parts.Timeline.NowMs;

    public Task ServeAsync(HttpContext context, string path) => RestEndpoint.ServeAsync(
        context, venue.Parts, path, () => Answer(path, context.Request.Query, context.ClientAddress()), context.Request.Query["currency_pair"]);

    RestAnswer Answer(string path, IQueryCollection query, string client)
    {
        var refused = "{\"label\":\"TOO_MANY_REQUESTS\",\"message\":\"Request Rate limit Exceeded\"}"u8.ToArray();
        if (RestEndpoint.Refusal(venue.Parts, path, refused) is { } refusal)
            return refusal;
        return IsWithinLimit(path, client) ? Route(path, query) : new(429, refused)
        {
            Headers =
            [
                ("X-Gate-RateLimit-Requests-Remain", "0"),
                ("X-Gate-RateLimit-Reset-Timestamp", ((NowMs / 1000) + 10).ToString(CultureInfo.InvariantCulture)),
            ],
        };
    }

    bool IsWithinLimit(string path, string client)
    {
        if (!_asked.TryGetValue(client + path, out var asked))
            _asked.Add(client + path, asked = new());
        var now = venue.Parts.LimitNowUs;
        while (asked.TryPeek(out var first) && first <= now - TenSecondsUs)
            asked.Dequeue();
        asked.Enqueue(now);
        return !venue.Parts.Options.EnforcesLimits || asked.Count <= PerTenSeconds;
    }

    RestAnswer Route(string path, IQueryCollection query)
    {
        var pair = query["currency_pair"].ToString();
        switch (path)
        {
            case "time":
                return RestAnswer.Ok(new Utf8Text().Raw("{\"server_time\":"u8).Integer(NowMs).Raw("}"u8));
            case "currency_pairs":
                return List(venue.Markets, (text, market) => market.Describe(text));
            case "tickers":
                return List(venue.Markets.Where(m => pair.Length == 0 || m.Symbol.Symbol == pair),
                    (text, market) => TickerStream.Write(text.Raw("{"u8), market.Market).Raw("}"u8));
        }

        if (path.StartsWith("currency_pairs/", StringComparison.Ordinal) && venue.Find(path[15..]) is { } one)
            return RestAnswer.Ok(one.Describe(new Utf8Text()));
        if (venue.Find(pair) is not { } market)
            return Error(400, "INVALID_CURRENCY_PAIR", "Invalid currency pair " + pair);
        return path switch
        {
            "order_book" => Book(market.Market, query),
            "trades" => Trades(market.Market, Math.Clamp(query.Number("limit", 100), 1, 1_000)),
            "candlesticks" => market.Market.Candles.Find(query["interval"].ToString()) is { } series
                ? Candles(market.Symbol, series, Math.Clamp(query.Number("limit", 100), 1, 1_000))
                : Error(400, "INVALID_PARAM_VALUE", "Invalid interval"),
            _ => Error(404, "NOT_FOUND", "Not found"),
        };
    }

    RestAnswer Book(ScriptedMarket market, IQueryCollection query)
    {
        var limit = query.Number("limit", 10);
        var book = market.TakeSnapshot(limit);
        if (venue.Parts.Faults.AtBook(venue.Id, market.Symbol.Symbol) is { } fault)
        {
            book = new(market.Opening.LastUpdateId, [.. market.Opening.Bids.Take(limit)], [.. market.Opening.Asks.Take(limit)]);
            venue.Parts.Truth.Fault(new(
                fault.Ordinal, fault.Spec.Kind.ToString(), market.Symbol.Symbol, 0, 0,
                "id " + book.LastUpdateId.ToString(CultureInfo.InvariantCulture)));
        }

        var text = new Utf8Text().Raw("{"u8);
        if (query["with_id"] == "true")
            text.Raw("\"id\":"u8).Integer(book.LastUpdateId).Raw(","u8);
        text.Raw("\"current\":"u8).Integer(NowMs).Key("update").Integer(NowMs);
        Rows(text.Key("asks"), book.Asks);
        Rows(text.Key("bids"), book.Bids);
        return RestAnswer.Ok(text.Raw("}"u8), book.Bids.Count + book.Asks.Count);

        static void Rows(Utf8Text text, IEnumerable<BookRow> rows) => text.Raw("["u8).Raw(string.Join(',', rows.Select(
            r => string.Create(CultureInfo.InvariantCulture, $"[\"{r.Price:0.########}\",\"{r.Amount:0.########}\"]"))))
            .Raw("]"u8);
    }

    static RestAnswer Trades(ScriptedMarket market, int limit) => List(market.Trades.TakeLast(limit).Reverse(), (text, trade) =>
        text.Raw("{\"id\":\""u8).Integer(trade.Id).Raw("\",\"create_time\":\""u8).Integer(trade.TimeUs / 1_000_000)
            .Raw("\",\"create_time_ms\":\""u8).Decimals(trade.TimeUs, 3, 3).Raw("000\""u8)
            .Key("currency_pair").Quoted(market.Symbol.Symbol).Key("side").Quoted(trade.TakerBuys ? "buy" : "sell")
            .Key("amount").TrimmedQuantity(trade.Amount).Key("price").TrimmedPrice(trade.Price, market.Symbol)
            .Raw(",\"sequence_id\":\""u8).Integer(TradeStream.CountOf(trade)).Raw("\"}"u8));

    static RestAnswer Candles(SymbolSpec symbol, CandleSeries series, int limit) =>
        List(series.Candles.TakeLast(limit), (text, candle) =>
            text.Raw("[\""u8).Integer(candle.OpenTimeMs / 1000).Raw("\","u8).Quote(candle.QuoteVolume, symbol).Raw(","u8)
                .TrimmedPrice(candle.Close, symbol).Raw(","u8).TrimmedPrice(candle.High, symbol).Raw(","u8)
                .TrimmedPrice(candle.Low, symbol).Raw(","u8).TrimmedPrice(candle.Open, symbol).Raw(","u8)
                .TrimmedQuantity(candle.Volume).Raw(candle == series.Candles[^1] ? ",\"false\"]"u8 : ",\"true\"]"u8));

    static RestAnswer List<T>(IEnumerable<T> items, Action<Utf8Text, T> write)
    {
        var text = new Utf8Text().Raw("["u8);
        foreach (var item in items)
            write(text.Length > 1 ? text.Raw(","u8) : text, item);
        return RestAnswer.Ok(text.Raw("]"u8));
    }

    static RestAnswer Error(int status, string label, string message) => new(
        status, new Utf8Text().Raw("{\"label\":"u8).Quoted(label).Key("message").Quoted(message).Raw("}"u8).ToArray());
}
