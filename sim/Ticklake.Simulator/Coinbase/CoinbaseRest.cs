using System.Globalization;
using Microsoft.AspNetCore.Http;
using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.Coinbase;

/// <summary>The public REST side of both APIs, below one address (coinbase.md section 6).</summary>
sealed class CoinbaseRest(CoinbaseVenue venue)
{
    const string AdvancedTrade = "api/v3/brokerage/";
    const int RequestsPerSecond = 10;
    const int Burst = 15;
    const int MostTrades = 1000;

    readonly PerClient<TokenBucket> _buckets = new(() => new(RequestsPerSecond, Burst));

    long NowUs => venue.Parts.Timeline.NowUs;

    public Task ServeAsync(HttpContext context, string path) =>
        RestEndpoint.ServeAsync(
            context, venue.Parts, path, () => Answer(path, context.Request), context.Request.Query["product_id"]);

    RestAnswer Answer(string path, HttpRequest request)
    {
        var refusal = RestEndpoint.Refusal(venue.Parts, path, "{\"message\":\"Public rate limit exceeded\"}"u8.ToArray());
        if (refusal is not null)
            return refusal;
        if (venue.Parts.Options.EnforcesLimits && !_buckets.Of(request.HttpContext).TryTake(venue.Parts.LimitNowUs))
            return Error(429, "Public rate limit exceeded");
        if (path.StartsWith(AdvancedTrade, StringComparison.Ordinal))
            return OfAdvancedTrade(path[AdvancedTrade.Length..], request.Query);
        return request.Headers.UserAgent.Count == 0
            ? Error(400, "User-Agent header is required.")
            : OfExchange(path.Split('/'), request.Query);
    }

    RestAnswer OfAdvancedTrade(string path, IQueryCollection query)
    {
        switch (path)
        {
            case "time":
                var nowMs = venue.Parts.ServerMs;
                return RestAnswer.Ok(new Utf8Text().Raw("{\"iso\":"u8).Time(nowMs * 1000)
                    .Raw(",\"epochSeconds\":\""u8).Integer(nowMs / 1000)
                    .Raw("\",\"epochMillis\":\""u8).Integer(nowMs).Raw("\"}"u8));
            case "market/products":
                return CoinbaseProducts.Page(venue, query);
            case "market/product_book" when venue.Market(query["product_id"].ToString()) is { } market:
                return PriceBook(market, query.Number("limit", int.MaxValue));
            default:
                return RestAnswer.Of(404, "{\"error\":\"NOT_FOUND\",\"error_details\":\"\",\"message\":\"not found\"}"u8);
        }
    }

    RestAnswer OfExchange(string[] path, IQueryCollection query)
    {
        if (path is ["time"])
        {
            return RestAnswer.Ok(new Utf8Text().Raw("{\"iso\":"u8).Time(NowUs).Raw(",\"epoch\":"u8)
                .Decimals(NowUs / 1000, 3, 3).Raw("}"u8));
        }

        if (path is ["products"])
            return ExchangeProducts();
        if (path is not ["products", var product, var what] || venue.Market(product) is not { } market)
            return Error(404, "NotFound");
        return what switch
        {
            "book" => ExchangeBook(market, query.Number("level", 1) == 1 ? 1 : int.MaxValue),
            "trades" => Trades(market, query),
            _ => Error(404, "NotFound"),
        };
    }

    RestAnswer ExchangeProducts()
    {
        var text = new Utf8Text();
        foreach (var market in venue.Markets)
        {
            var parts = market.Symbol.Symbol.Split('-');
            text.Raw(text.Length == 0 ? "[{\"id\":"u8 : ",{\"id\":"u8).Quoted(market.Symbol.Symbol)
                .Key("base_currency").Quoted(parts[0]).Key("quote_currency").Quoted(parts[1])
                .PriceMember("quote_increment", 1, market.Symbol).Key("base_increment").Quoted("0.00000001")
                .Key("display_name").Quoted(string.Join('/', parts)).Key("status").Quoted("online")
                .Key("trading_disabled").Flag(false).Raw("}"u8);
        }

        return RestAnswer.Ok(text.Raw("]"u8));
    }

    RestAnswer PriceBook(ScriptedMarket market, int limit)
    {
        var text = new Utf8Text().Raw("{\"pricebook\":{\"product_id\":"u8).Quoted(market.Symbol.Symbol);
        var rows = 0;
        Levels(text.Key("bids"), market.Bids.Top(limit));
        Levels(text.Key("asks"), market.Asks.Top(limit));
        return RestAnswer.Ok(text.Key("time").Time(NowUs).Raw("}}"u8), rows);

        void Levels(Utf8Text into, IEnumerable<KeyValuePair<long, long>> levels)
        {
            var separator = "["u8;
            foreach (var (price, amount) in levels)
            {
                into.Raw(separator).Raw("{\"price\":"u8).TrimmedPrice(price, market.Symbol)
                    .AmountMember("size", amount).Raw("}"u8);
                separator = ","u8;
                rows++;
            }

            into.Raw(separator.SequenceEqual("["u8) ? "[]"u8 : "]"u8);
        }
    }

    RestAnswer ExchangeBook(ScriptedMarket market, int depth)
    {
        var text = new Utf8Text().Raw("{"u8);
        Side("\"bids\":"u8, market.Bids);
        Side(",\"asks\":"u8, market.Asks);
        return RestAnswer.Ok(text.Key("sequence").Integer(market.LastUpdateId).Key("time").Time(NowUs)
            .Raw(",\"auction_mode\":false,\"auction\":null}"u8));

        void Side(ReadOnlySpan<byte> name, BookSide side)
        {
            text.Raw(name).Raw("["u8);
            for (var i = 0; i < Math.Min(depth, side.Levels.Count); i++)
            {
                var level = side.Levels[i];
                text.Raw(i == 0 ? "["u8 : ",["u8).TrimmedPrice(level.Price, market.Symbol).Raw(","u8)
                    .TrimmedQuantity(level.Amount).Raw(","u8).Integer(level.Count).Raw("]"u8);
            }

            text.Raw("]"u8);
        }
    }

    /// <summary>Newest first; <c>after</c> means older than, and cursors are trade ids.</summary>
    static RestAnswer Trades(ScriptedMarket market, IQueryCollection query)
    {
        var (after, before) = (query.Long("after") ?? long.MaxValue, query.Long("before") ?? long.MinValue);
        var limit = Math.Min(query.Number("limit", MostTrades), MostTrades);
        var page = market.Trades.Reverse().Where(t => t.Id < after && t.Id > before).Take(limit).ToList();
        var text = new Utf8Text().Raw("["u8);
        foreach (var trade in page)
        {
            text.Raw(text.Length == 1 ? "{\"trade_id\":"u8 : ",{\"trade_id\":"u8).Integer(trade.Id)
                .Key("side").Quoted(trade.MakerSide()).AmountMember("size", trade.Amount)
                .PriceMember("price", trade.Price, market.Symbol).Key("time").Time(trade.TimeUs).Raw("}"u8);
        }

        var answer = RestAnswer.Ok(text.Raw("]"u8));
        return page.Count == 0
            ? answer
            : answer with { Headers = [("CB-BEFORE", Cursor(page[0])), ("CB-AFTER", Cursor(page[^1]))] };

        static string Cursor(MarketTrade trade) => trade.Id.ToString(CultureInfo.InvariantCulture);
    }

    static RestAnswer Error(int status, string message) =>
        RestAnswer.Ok(new Utf8Text().Raw("{\"message\":"u8).Quoted(message).Raw("}"u8)) with { Status = status };
}
