using Microsoft.AspNetCore.Http;
using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.Bybit;

/// <summary>The part of <c>/v5/market</c> that is about one category (bybit.md section 6).</summary>
sealed class BybitRest(BybitVenue venue)
{
    const int ParameterError = 10001;
    const int WindowRequests = 600;
    const int WindowUs = 5_000_000;

    readonly PerClient<Queue<long>> _requests = new(() => new());

    public Task ServeAsync(HttpContext context, string path) =>
        RestEndpoint.ServeAsync(context, venue.Parts, path, () => Answer(path, context.Request.Query, _requests.Of(context)));

    RestAnswer Answer(string path, IQueryCollection query, Queue<long> requests)
    {
        if (RestEndpoint.Refusal(venue.Parts, path, "access too frequent"u8.ToArray()) is { } refusal)
            return refusal;
        if (IsOverLimit(requests))
            return RestAnswer.Of(403, "access too frequent"u8);
        if (path == "time")
            return Time();
        if (query["category"].ToString() != venue.Category)
            return Error("params error: Category is invalid");
        if (path == "instruments-info")
            return Result(BybitInstrumentList.Write(venue, query));
        if (venue.Find(query["symbol"].ToString()) is not { } market)
            return Error("params error: Symbol Is Invalid");
        return path switch
        {
            "orderbook" => Book(market, query),
            "recent-trade" => Result(BybitHistory.Trades(venue, market, query)),
            "kline" when market.Scripted.Candles.Find(query["interval"].ToString()) is { } series =>
                Result(BybitHistory.Klines(venue, market, series, query)),
            "tickers" => Result(Ticker(market)),
            _ => Error("params error: path or interval is invalid"),
        };
    }

    // 600 requests in 5 s and address, then 403 with a body that is no JSON.
    bool IsOverLimit(Queue<long> requests)
    {
        var now = venue.Parts.LimitNowUs;
        while (requests.TryPeek(out var first) && first <= now - WindowUs)
            requests.Dequeue();
        requests.Enqueue(now);
        return venue.Parts.Options.EnforcesLimits && requests.Count > WindowRequests;
    }

    RestAnswer Time()
    {
        var us = venue.Parts.Timeline.NowUs;
        return Result(new Utf8Text().Raw("{\"timeSecond\":\""u8).Integer(us / 1_000_000)
            .Raw("\",\"timeNano\":\""u8).Integer(us * 1000).Raw("\"}"u8));
    }

    /// <summary>Its id is of the 1000-level topic's numbering; spot's default is one level.</summary>
    RestAnswer Book(BybitMarket market, IQueryCollection query)
    {
        var limit = Math.Clamp(query.Number("limit", venue.IsLinear ? 25 : 1), 1, 1000);
        var depth = market.Depths[^1];
        depth.Prepare();
        var now = venue.Parts.Timeline.NowMs;
        var text = new Utf8Text().Raw("{\"s\":"u8).Quoted(market.Symbol)
            .Key("b").Levels(depth.Bids.Take(limit), market).Key("a").Levels(depth.Asks.Take(limit), market)
            .Key("ts").Integer(now).Key("u").Integer(depth.UpdateId).Key("seq").Integer(depth.Sequence)
            .Key("cts").Integer(now - 3).Raw("}"u8);
        return Result(text, Math.Min(limit, depth.Bids.Count) + Math.Min(limit, depth.Asks.Count));
    }

    /// <summary>Here spot has its best prices.</summary>
    Utf8Text Ticker(BybitMarket market)
    {
        var fields = venue.IsLinear ? BybitTicker.Linear(market) : BybitTicker.Spot(market);
        var text = new Utf8Text().Raw("{\"category\":"u8).Quoted(venue.Category).Raw(",\"list\":[{\"symbol\":"u8)
            .Quoted(market.Symbol);
        foreach (var (name, json) in fields)
            text.Key(name).Raw(json);
        if (!venue.IsLinear)
        {
            text.Key("bid1Price").Price(market.Best.Bid.Price, market).Key("bid1Size").TrimmedQuantity(market.Best.Bid.Amount)
                .Key("ask1Price").Price(market.Best.Ask.Price, market).Key("ask1Size").TrimmedQuantity(market.Best.Ask.Amount);
        }

        return text.Raw("}]}"u8);
    }

    RestAnswer Result(Utf8Text result, int rows = 0) => RestAnswer.Ok(Envelope(0, "OK", result), rows);

    RestAnswer Error(string message) => RestAnswer.Ok(Envelope(ParameterError, message, new Utf8Text().Raw("{}"u8)));

    Utf8Text Envelope(int code, string message, Utf8Text result) => new Utf8Text().Raw("{\"retCode\":"u8).Integer(code)
        .Key("retMsg").Quoted(message).Key("result").Raw(result.Written).Raw(",\"retExtInfo\":{}"u8)
        .Key("time").Integer(venue.Parts.Timeline.NowMs).Raw("}"u8);
}
