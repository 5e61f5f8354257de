using System.Globalization;
using Microsoft.AspNetCore.Http;
using Ticklake.Simulator.Faults;
using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.Mexc;

/// <summary>The market data part of <c>/api/v3</c> (mexc.md section 6).</summary>
sealed class MexcRest(MexcVenue venue)
{
    // Larger limits are cut to this without a word.
    const int MostLevels = 2_000;

    readonly PerClient<RequestMeter> _meters = new(() => new());

    long NowMs => venue.Parts.Timeline.NowMs;

    public Task ServeAsync(HttpContext context, string path) =>
        RestEndpoint.ServeAsync(context, venue.Parts, path, () => Answer(path, context.Request.Query, _meters.Of(context)));

    RestAnswer Answer(string path, IQueryCollection query, RequestMeter meter)
    {
        var refusal = RestEndpoint.Refusal(venue.Parts, path, "{\"code\":429,\"msg\":\"Too Many Requests\"}"u8.ToArray());
        if (refusal is not null)
            return refusal;
        if (venue.Parts.Options.EnforcesLimits)
        {
            switch (meter.Take(Weight(path), venue.Parts.LimitNowUs))
            {
                case 403:
                    return RestAnswer.Of(403, "<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD></HTML>"u8);
                case 429:
                    return Error(429, 429, "Too Many Requests") with { Headers = [("Retry-After", "10")] };
            }
        }

        return Route(path, query);
    }

    RestAnswer Route(string path, IQueryCollection query)
    {
        switch (path)
        {
            case "ping":
                return RestAnswer.Of(200, "{}"u8);
            case "time":
                return RestAnswer.Ok(new Utf8Text().Raw("{\"serverTime\":"u8).Integer(NowMs).Raw("}"u8));
            case "defaultSymbols":
                return ExchangeDescription.DefaultSymbols(venue);
            case "exchangeInfo":
                return ExchangeDescription.Answer(venue, query, NowMs);
        }

        if (venue.Find(query["symbol"].ToString()) is not { } market)
            return Error(400, -1121, "Invalid symbol.");
        return path switch
        {
            "depth" => Depth(market.Market, Math.Clamp(query.Number("limit", 100), 1, MostLevels)),
            "trades" => MexcHistory.Trades(market.Market, query),
            "aggTrades" => MexcHistory.Aggregates(market.Market, query),
            "klines" => MexcHistory.Klines(market.Market, query),
            _ => Error(404, 404, "Not Found"),
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

        if (venue.Parts.Faults.AtBook(venue.Id, market.Symbol.Symbol, FaultKind.ErrorSnapshot) is { } error)
        {
            venue.Parts.Truth.Fault(new(error.Ordinal, error.Spec.Kind.ToString(), market.Symbol.Symbol, 0, 0, "code 500"));
            return Error(200, 500, "server error");
        }

        var text = new Utf8Text().Raw("{\"lastUpdateId\":"u8).Integer(market.LastUpdateId)
            .Key("bids").PaddedLevels(market.Bids.Top(limit), market.Symbol)
            .Key("asks").PaddedLevels(market.Asks.Top(limit), market.Symbol)
            .Key("timestamp").Integer(NowMs).Raw("}"u8);
        var rows = Math.Min(limit, market.Bids.Levels.Count) + Math.Min(limit, market.Asks.Levels.Count);
        return RestAnswer.Ok(text, rows);
    }

    RestAnswer Stale(ScriptedMarket market, int limit)
    {
        var opening = market.Opening;
        var text = new Utf8Text().Raw("{\"lastUpdateId\":"u8).Integer(opening.LastUpdateId).Key("bids");
        Rows(text, opening.Bids.Take(limit));
        Rows(text.Key("asks"), opening.Asks.Take(limit));
        var rows = Math.Min(limit, opening.Bids.Count) + Math.Min(limit, opening.Asks.Count);
        return RestAnswer.Ok(text.Key("timestamp").Integer(NowMs).Raw("}"u8), rows);

        static void Rows(Utf8Text text, IEnumerable<BookRow> rows) => text.Raw("["u8).Raw(string.Join(',', rows.Select(
            r => string.Create(CultureInfo.InvariantCulture, $"[\"{r.Price:F8}\",\"{r.Amount:F8}\"]")))).Raw("]"u8);
    }

    public static RestAnswer Error(int status, int code, string message) => RestAnswer.Ok(
        new Utf8Text().Raw("{\"code\":"u8).Integer(code).Raw(",\"msg\":"u8).Quoted(message).Raw("}"u8))
        with
    { Status = status };

    static int Weight(string path) => path switch
    {
        "exchangeInfo" => 10,
        "depth" => 3,
        "trades" => 5,
        _ => 1,
    };
}
