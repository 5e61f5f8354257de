using System.Globalization;
using Microsoft.AspNetCore.Http;
using Ticklake.Simulator.Binance;
using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.BinanceFutures;

/// <summary>The market data part of <c>/fapi/v1</c> (binance.md section B6).</summary>
sealed class FuturesRest(FuturesVenue venue)
{
    const int UsualLevels = 500;

    readonly PerClient<WeightMeter> _meters = new(() => new(2_400));

    long NowMs => venue.Parts.Timeline.NowMs;

    public Task ServeAsync(HttpContext context, string path) =>
        RestEndpoint.ServeAsync(context, venue.Parts, path, () => Answer(path, context.Request.Query, _meters.Of(context)));

    RestAnswer Answer(string path, IQueryCollection query, WeightMeter meter)
    {
        var refusal = RestEndpoint.Refusal(venue.Parts, path,
            "{\"code\":-1003,\"msg\":\"Too many requests.\"}"u8.ToArray());
        if (refusal is not null)
            return refusal;
        // What is refused with 400 costs its weight all the same.
        var (status, wait) = meter.Take(Weight(path, query), venue.Parts.LimitNowUs);
        var used = ("X-MBX-USED-WEIGHT-1M", meter.Used.ToString(CultureInfo.InvariantCulture));
        if (status == 0 || !venue.Parts.Options.EnforcesLimits)
            return Route(path, query) with { Headers = [used] };
        return BinanceRest.Error(status, -1003, "Too many requests; current limit is 2400 requests per minute.") with
        {
            Headers = [used, ("Retry-After", wait.ToString(CultureInfo.InvariantCulture))],
        };
    }

    RestAnswer Route(string path, IQueryCollection query)
    {
        switch (path)
        {
            case "ping":
                return RestAnswer.Of(200, "{}"u8);
            case "time":
                return RestAnswer.Ok(new Utf8Text().Raw("{\"serverTime\":"u8).Integer(NowMs).Raw("}"u8));
            case "exchangeInfo":
                return FuturesDescription.Answer(venue, NowMs);
            case "historicalTrades":
                return BinanceRest.Error(401, -2014, "API-key format invalid.");
        }

        if (venue.Find(query["symbol"].ToString()) is not { } market)
            return BinanceRest.Error(400, -1121, "Invalid symbol.");
        return path switch
        {
            "depth" => Depth(market, query),
            "trades" => BinanceHistory.Trades(market.Market, query, perMs: 1, fromId: false),
            "aggTrades" => BinanceHistory.Aggregates(market.Aggregates, market.Market.Symbol, query, perMs: 1),
            "klines" => market.Market.Candles.Find(query["interval"].ToString()) is { } series
                ? BinanceHistory.Klines(market.Market.Symbol, series, query, perMs: 1)
                : BinanceRest.Error(400, -1120, "Invalid interval."),
            "premiumIndex" => Premium(market),
            _ => BinanceRest.Error(404, -1000, "Unknown path."),
        };
    }

    RestAnswer Depth(FuturesMarket market, IQueryCollection query)
    {
        var limit = query.Number("limit", UsualLevels);
        if (limit is not (5 or 10 or 20 or 50 or 100 or 500 or 1000))
        {
            return BinanceRest.Error(
                400, -4021, $"{limit.ToString(CultureInfo.InvariantCulture)} is not valid depth limit");
        }

        var (book, symbol) = (market.Market, market.Market.Symbol);
        if (venue.Parts.Faults.AtBook(venue.Id, market.Symbol) is { } fault)
        {
            var opening = book.Opening;
            venue.Parts.Truth.Fault(new(
                fault.Ordinal, fault.Spec.Kind.ToString(), market.Symbol, 0, 0,
                "lastUpdateId " + market.WireId(opening.LastUpdateId).ToString(CultureInfo.InvariantCulture)));
            var stale = Begin(market.WireId(opening.LastUpdateId)).Raw("\"bids\":"u8);
            Rows(stale, opening.Bids.Take(limit));
            Rows(stale.Key("asks"), opening.Asks.Take(limit));
            return RestAnswer.Ok(
                stale.Raw("}"u8), Math.Min(limit, opening.Bids.Count) + Math.Min(limit, opening.Asks.Count));
        }

        var text = Begin(market.WireId(book.LastUpdateId)).Raw("\"bids\":"u8).FuturesLevels(book.Bids.Top(limit), symbol)
            .Key("asks").FuturesLevels(book.Asks.Top(limit), symbol).Raw("}"u8);
        return RestAnswer.Ok(
            text, Math.Min(limit, book.Bids.Levels.Count) + Math.Min(limit, book.Asks.Levels.Count));
    }

    Utf8Text Begin(long id) => new Utf8Text().Raw("{\"lastUpdateId\":"u8).Integer(id).Key("E").Integer(NowMs)
        .Key("T").Integer(NowMs).Raw(","u8);

    static void Rows(Utf8Text text, IEnumerable<BookRow> rows) => text.Raw("["u8).Raw(string.Join(',', rows.Select(
        r => string.Create(CultureInfo.InvariantCulture, $"[\"{r.Price}\",\"{r.Amount}\"]")))).Raw("]"u8);

    RestAnswer Premium(FuturesMarket market)
    {
        var (price, symbol) = (market.MarkPrice, market.Market.Symbol);
        return RestAnswer.Ok(new Utf8Text().Raw("{\"symbol\":"u8).Quoted(market.Symbol)
            .Key("markPrice").TrimmedPrice(price, symbol).Key("indexPrice").TrimmedPrice(price + 1, symbol)
            .Key("estimatedSettlePrice").TrimmedPrice(price - 1, symbol)
            .Key("lastFundingRate").Quoted(market.IsDated ? "" : "0.00010000").Raw(",\"interestRate\":\"0.00010000\""u8)
            .Key("nextFundingTime").Integer(market.NextFundingMs).Key("time").Integer(NowMs).Raw("}"u8));
    }

    static int Weight(string path, IQueryCollection query) => path switch
    {
        // Without a limit there are 500 levels for a weight of 1: measured, not documented.
        "depth" => query.Number("limit", 0) switch { 0 => 1, <= 50 => 2, <= 100 => 5, <= 500 => 10, _ => 20 },
        "trades" => 5,
        "historicalTrades" => 200,
        "aggTrades" => 20,
        "klines" => query.Number("limit", 500) switch { <= 100 => 1, <= 500 => 2, <= 1000 => 5, _ => 10 },
        _ => 1,
    };
}
