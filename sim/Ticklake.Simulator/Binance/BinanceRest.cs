using System.Globalization;
using Microsoft.AspNetCore.Http;
using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.Binance;

/// <summary>The market data part of <c>/api/v3</c> (binance.md section A6).</summary>
sealed class BinanceRest(BinanceVenue venue)
{
    readonly PerClient<WeightMeter> _meters = new(() => new(6_000));

    long NowMs => venue.Parts.Timeline.NowMs;

    public Task ServeAsync(HttpContext context, string path) =>
        RestEndpoint.ServeAsync(context, venue.Parts, path, () => Answer(path, context.Request));

    RestAnswer Answer(string path, HttpRequest request)
    {
        var refusal = RestEndpoint.Refusal(venue.Parts, path,
            "{\"code\":-1003,\"msg\":\"Too many requests.\"}"u8.ToArray());
        if (refusal is not null)
            return refusal;
        var meter = _meters.Of(request.HttpContext);
        var (status, wait) = meter.Take(Weight(path, request.Query), venue.Parts.LimitNowUs);
        var used = ("X-MBX-USED-WEIGHT-1M", meter.Used.ToString(CultureInfo.InvariantCulture));
        if (status != 0 && venue.Parts.Options.EnforcesLimits)
        {
            return Error(status, -1003,
                "Too much request weight used; current limit is 6000 request weight per 1 MINUTE.")
                with
            { Headers = [used, ("Retry-After", wait.ToString(CultureInfo.InvariantCulture))] };
        }

        var isMicroseconds = request.Headers["X-MBX-TIME-UNIT"] == "MICROSECOND";
        return Route(path, request.Query, isMicroseconds ? 1000 : 1) with { Headers = [used] };
    }

    RestAnswer Route(string path, IQueryCollection query, long perMs)
    {
        switch (path)
        {
            case "ping":
                return RestAnswer.Of(200, "{}"u8);
            case "time":
                return RestAnswer.Ok(new Utf8Text().Raw("{\"serverTime\":"u8).Integer(NowMs * perMs).Raw("}"u8));
            case "exchangeInfo":
                return ExchangeDescription.Answer(venue, query, NowMs * perMs);
        }

        if (venue.Find(query["symbol"].ToString()) is not { } market)
            return Error(400, -1121, "Invalid symbol.");
        return path switch
        {
            "depth" when venue.Parts.Options.Firehose => LoadDepth(market),
            "depth" => Depth(market.Market, Math.Clamp(query.Number("limit", 100), 1, 5_000)),
            "trades" => BinanceHistory.Trades(market.Market, query, perMs, fromId: false),
            "historicalTrades" => BinanceHistory.Trades(market.Market, query, perMs, fromId: true),
            "aggTrades" => BinanceHistory.Aggregates(market.Aggregates, market.Market.Symbol, query, perMs),
            "klines" => market.Market.Candles.Find(query["interval"].ToString()) is { } series
                ? BinanceHistory.Klines(market.Market.Symbol, series, query, perMs)
                : Error(400, -1120, "Invalid interval."),
            _ => Error(404, -1000, "Unknown path."),
        };
    }

    RestAnswer Depth(ScriptedMarket market, int limit)
    {
        if (venue.Parts.Faults.AtBook(venue.Id, market.Symbol.Symbol) is { } fault)
        {
            venue.Parts.Truth.Fault(new(
                fault.Ordinal, fault.Spec.Kind.ToString(), market.Symbol.Symbol, 0, 0,
                "lastUpdateId " + market.Opening.LastUpdateId.ToString(CultureInfo.InvariantCulture)));
            return Stale(market, limit);
        }

        var text = new Utf8Text().Raw("{\"lastUpdateId\":"u8).Integer(market.LastUpdateId)
            .Key("bids").Levels(market.Bids.Top(limit), market.Symbol)
            .Key("asks").Levels(market.Asks.Top(limit), market.Symbol).Raw("}"u8);
        var rows = Math.Min(limit, market.Bids.Levels.Count) + Math.Min(limit, market.Asks.Levels.Count);
        return RestAnswer.Ok(text, rows);
    }

    RestAnswer LoadDepth(BinanceMarket market)
    {
        var (book, id) = (market.LoadBook, venue.LoadUpdateId(market.Symbol));
        var text = new Utf8Text().Raw("{\"lastUpdateId\":"u8).Integer(id)
            .Key("bids").Levels(book.Levels(true, id, book.Depth), book.Symbol)
            .Key("asks").Levels(book.Levels(false, id, book.Depth), book.Symbol).Raw("}"u8);
        return RestAnswer.Ok(text, 2 * book.Depth);
    }

    static RestAnswer Stale(ScriptedMarket market, int limit)
    {
        var opening = market.Opening;
        var text = new Utf8Text().Raw("{\"lastUpdateId\":"u8).Integer(opening.LastUpdateId).Key("bids");
        Rows(text, opening.Bids.Take(limit));
        Rows(text.Key("asks"), opening.Asks.Take(limit));
        var rows = Math.Min(limit, opening.Bids.Count) + Math.Min(limit, opening.Asks.Count);
        return RestAnswer.Ok(text.Raw("}"u8), rows);

        static void Rows(Utf8Text text, IEnumerable<BookRow> rows) => text.Raw("["u8).Raw(string.Join(',', rows.Select(
            r => string.Create(CultureInfo.InvariantCulture, $"[\"{r.Price:F8}\",\"{r.Amount:F8}\"]")))).Raw("]"u8);
    }

    public static RestAnswer Error(int status, int code, string message) => RestAnswer.Ok(
        new Utf8Text().Raw("{\"code\":"u8).Integer(code).Raw(",\"msg\":"u8).Quoted(message)
            .Raw("}"u8)) with
    { Status = status };

    static int Weight(string path, IQueryCollection query) => path switch
    {
        "exchangeInfo" => 20,
        "depth" => query.Number("limit", 100) switch { <= 100 => 5, <= 500 => 25, <= 1000 => 50, _ => 250 },
        "trades" or "historicalTrades" => 25,
        "aggTrades" => 4,
        "klines" => 2,
        _ => 1,
    };
}
