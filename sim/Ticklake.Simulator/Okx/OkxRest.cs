using Microsoft.AspNetCore.Http;
using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.Okx;

/// <summary>The market data part of <c>/api/v5</c> that a recorder needs: time, instruments, books, trades (okx.md 6).</summary>
sealed class OkxRest(OkxVenue venue)
{
    const long WindowUs = 2_000_000;

    readonly Dictionary<string, Queue<long>> _asked = [];

    /// <summary><c>SPOT</c>, <c>SWAP</c> or <c>FUTURES</c>.</summary>
    public static string TypeOf(OkxMarket market) => !market.IsDerivative ? "SPOT"
        : market.Symbol.EndsWith("-SWAP", StringComparison.Ordinal) ? "SWAP" : "FUTURES";

    public Task ServeAsync(HttpContext context, string path) =>
        RestEndpoint.ServeAsync(
            context, venue.Parts, path, () => Answer(path, context.Request.Query, context.ClientAddress()),
            context.Request.Query["instId"]);

    RestAnswer Answer(string path, IQueryCollection query, string client)
    {
        var refusal = RestEndpoint.Refusal(
            venue.Parts, path, "{\"code\":\"50011\",\"msg\":\"Too Many Requests\",\"data\":[]}"u8.ToArray());
        if (refusal is not null)
            return refusal;
        if (venue.Parts.Options.EnforcesLimits && IsTooMany(path, client))
            return Error(429, 50011, "Too Many Requests");
        return path switch
        {
            "public/time" => Ok(new Utf8Text().Raw("{\"ts\":"u8).Digits(venue.Parts.Timeline.NowMs).Raw("}"u8)),
            "public/instruments" => Instruments(query["instType"].ToString()),
            "system/status" => Ok(new Utf8Text()),
            "market/books" or "market/trades" when venue.Find(query["instId"].ToString()) is not { } =>
                Error(200, 51001, "Instrument ID doesn't exist."),
            "market/books" => Book(
                venue.Find(query["instId"].ToString())!, Math.Clamp(query.Number("sz", 1), 1, OkxDepth.Levels)),
            "market/trades" => Trades(
                venue.Find(query["instId"].ToString())!, Math.Clamp(query.Number("limit", 100), 1, 500)),
            _ => Error(404, 50404, "Not found"),
        };
    }

    /// <summary>Fixed windows of two seconds per endpoint and address.</summary>
    bool IsTooMany(string path, string client)
    {
        var most = path switch
        {
            "public/time" => 10,
            "market/books" => 40,
            "market/trades" => 100,
            _ => 20,
        };
        if (!_asked.TryGetValue(client + path, out var asked))
            _asked.Add(client + path, asked = new());
        var window = venue.Parts.LimitNowUs / WindowUs;
        while (asked.TryPeek(out var first) && first < window)
            asked.Dequeue();
        asked.Enqueue(window);
        return asked.Count > most;
    }

    RestAnswer Instruments(string type)
    {
        if (type is not ("SPOT" or "SWAP" or "FUTURES"))
            return Error(400, 51000, "Parameter instType error");
        var text = new Utf8Text();
        foreach (var market in venue.Markets.Where(market => TypeOf(market) == type))
            Instrument(text.Length == 0 ? text : text.Raw(","u8), market);
        return Ok(text);
    }

    static void Instrument(Utf8Text text, OkxMarket market)
    {
        var parts = market.Symbol.Split('-');
        var (isDerivative, type) = (market.IsDerivative, TypeOf(market));
        var isInverse = isDerivative && parts[1] == "USD";
        text.Raw("{\"instId\":"u8).Quoted(market.Symbol).Key("instType").Quoted(type)
            .Key("baseCcy").Quoted(isDerivative ? "" : parts[0]).Key("quoteCcy").Quoted(isDerivative ? "" : parts[1])
            .Key("uly").Quoted(isDerivative ? $"{parts[0]}-{parts[1]}" : "")
            .Key("instFamily").Quoted(isDerivative ? $"{parts[0]}-{parts[1]}" : "")
            .Key("settleCcy").Quoted(!isDerivative ? "" : isInverse ? parts[0] : parts[1])
            .Key("ctVal").Quoted(!isDerivative ? "" : isInverse ? "100" : "0.01").Key("ctMult").Quoted(isDerivative ? "1" : "")
            .Key("ctValCcy").Quoted(!isDerivative ? "" : isInverse ? "USD" : parts[0])
            .Key("ctType").Quoted(!isDerivative ? "" : isInverse ? "inverse" : "linear")
            .Key("tickSz").TrimmedPrice(1, market.Market.Symbol).Key("lotSz").TrimmedQuantity(1)
            .Key("minSz").TrimmedQuantity(1).Key("listTime").Digits(1_548_133_413_000)
            .Key("expTime").Quoted(type == "FUTURES" ? ExpiryOf(parts[2]) : "").Key("state").Quoted("live").Raw("}"u8);
    }

    /// <summary>Contracts are delivered at 08:00 UTC.</summary>
    static string ExpiryOf(string date) => DateTimeOffset.ParseExact(
        date + "08", "yyMMddHH", null, System.Globalization.DateTimeStyles.AssumeUniversal)
        .ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture);

    RestAnswer Book(OkxMarket market, int levels)
    {
        var depth = market.Depth;
        var text = new Utf8Text().Raw("{"u8).Sides(depth.Asks.Take(levels), depth.Bids.Take(levels), market.Market.Symbol)
            .Key("ts").Digits(venue.Parts.Timeline.NowMs).Key("seqId").Integer(depth.LastSeqId).Raw("}"u8);
        return Ok(text, Math.Min(levels, depth.Asks.Count) + Math.Min(levels, depth.Bids.Count));
    }

    static RestAnswer Trades(OkxMarket market, int limit)
    {
        var text = new Utf8Text();
        foreach (var trade in market.Market.Trades.Reverse().Take(limit))
        {
            (text.Length == 0 ? text : text.Raw(","u8)).Raw("{\"instId\":"u8).Quoted(market.Symbol)
                .Key("tradeId").Digits(trade.Id).Key("px").TrimmedPrice(trade.Price, market.Market.Symbol)
                .Key("sz").TrimmedQuantity(trade.Amount).Key("side").Quoted(trade.TakerBuys ? "buy" : "sell")
                .Key("source").Digits(0).Key("ts").Digits(trade.TimeUs / 1000).Raw("}"u8);
        }

        return Ok(text);
    }

    static RestAnswer Ok(Utf8Text elements, int rows = 0) => RestAnswer.Ok(
        new Utf8Text().Raw("{\"code\":\"0\",\"msg\":\"\",\"data\":["u8).Raw(elements.Written).Raw("]}"u8), rows);

    static RestAnswer Error(int status, int code, string message) => RestAnswer.Of(
        status,
        new Utf8Text().Raw("{\"code\":"u8).Digits(code).Key("msg").Quoted(message).Raw(",\"data\":[]}"u8).Written);
}
