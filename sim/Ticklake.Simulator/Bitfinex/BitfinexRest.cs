using Microsoft.AspNetCore.Http;
using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.Bitfinex;

/// <summary>
/// The public REST v2 (bitfinex.md section 6). Trades and candles reach back as far as the simulation remembers.
/// </summary>
sealed class BitfinexRest(BitfinexVenue venue)
{
    const int RequestsPerMinute = 90;

    readonly Dictionary<string, (long Minute, int Count)> _used = [];

    public Task ServeAsync(HttpContext context, string path) => RestEndpoint.ServeAsync(
        context, venue.Parts, path, () => Answer(path, context.Request.Query, context.ClientAddress()),
        path.Split('/') is ["book", var symbol, _] ? symbol : null);

    RestAnswer Answer(string path, IQueryCollection query, string client)
    {
        var refusal = RestEndpoint.Refusal(venue.Parts, path, "{\"error\":\"ERR_RATE_LIMIT\"}"u8.ToArray());
        if (refusal is not null)
            return refusal;
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (IsOverLimit(client + (parts.Length == 0 ? "" : parts[0])))
            return RestAnswer.Of(429, "{\"error\":\"ERR_RATE_LIMIT\"}"u8);
        return parts switch
        {
            ["platform", "status"] => RestAnswer.Of(200, "[1]"u8),
            ["conf", var keys] => Configuration(keys),
            ["book", var symbol, var precision] => Book(symbol, precision, query),
            ["trades", var symbol, "hist"] => Trades(symbol, query),
            ["candles", var key, "hist"] => Candles(key, query, isLast: false),
            ["candles", var key, "last"] => Candles(key, query, isLast: true),
            ["ticker", var symbol] => Ticker(symbol),
            ["tickers"] => Tickers(query["symbols"].ToString()),
            _ => RestAnswer.Of(404, "[\"error\",10020,\"path: invalid\"]"u8),
        };
    }

    bool IsOverLimit(string endpoint)
    {
        var minute = venue.Parts.LimitNowUs / 60_000_000;
        var (since, count) = _used.GetValueOrDefault(endpoint);
        count = since == minute ? count + 1 : 1;
        _used[endpoint] = (minute, count);
        return venue.Parts.Options.EnforcesLimits && count > RequestsPerMinute;
    }

    RestAnswer Configuration(string keys)
    {
        var text = new Utf8Text().Raw("["u8);
        foreach (var key in keys.Split(','))
        {
            if (text.Length > 1)
                text.Raw(","u8);
            var isPairs = key == "pub:list:pair:exchange";
            var names = isPairs ? venue.Markets.Select(m => m.Symbol.Symbol[1..])
                : key == "pub:list:currency" ? venue.FundingMarkets.Select(f => f.Symbol[1..]) : [];
            text.Raw("["u8).Raw(string.Join(',', names.Select(n => $"\"{n}\""))).Raw("]"u8);
        }

        return RestAnswer.Ok(text.Raw("]"u8));
    }

    RestAnswer Book(string symbol, string precision, IQueryCollection query)
    {
        var length = query.Number("len", 25);
        if (venue.Market(symbol) is not { } market || precision is not ("P0" or "P1" or "P2" or "P3" or "P4" or "R0"))
            return Invalid("symbol: invalid");
        if (length is not (1 or 25 or 100 or 250))
            return Invalid("len: invalid");
        var rows = 0;
        var text = new Utf8Text().Raw("["u8);
        foreach (var side in new[] { market.Bids, market.Asks })
        {
            var sign = side.IsBid ? 1 : -1;
            if (precision == "R0")
            {
                foreach (var order in side.Orders.Take(length))
                {
                    rows++;
                    Next(text).Raw("["u8).Integer(order.Id).Raw(","u8).Number(order.Price, market.Symbol.PriceScale)
                        .Raw(","u8).Amount(sign * order.Amount).Raw("]"u8);
                }

                continue;
            }

            var levels = new List<BookLevel>();
            side.Top(5 - (precision[1] - '0'), length, levels);
            rows += levels.Count;
            foreach (var level in levels)
            {
                Next(text).Raw("["u8).Number(level.Price, market.Symbol.PriceScale).Raw(","u8).Integer(level.Count)
                    .Raw(","u8).Amount(sign * level.Amount).Raw("]"u8);
            }
        }

        return RestAnswer.Ok(text.Raw("]"u8), rows);
    }

    RestAnswer Trades(string symbol, IQueryCollection query)
    {
        var limit = Math.Min(10_000, query.Number("limit", 125));
        if (venue.Market(symbol) is not { } market)
            return Invalid("symbol: invalid");
        var found = Between(market.Trades, t => t.TimeUs / 1000, query, limit);
        var text = new Utf8Text().Raw("["u8);
        foreach (var trade in found)
            Next(text).Trade(market.Symbol, trade);
        return RestAnswer.Ok(text.Raw("]"u8));
    }

    RestAnswer Candles(string key, IQueryCollection query, bool isLast)
    {
        var parts = key.Split(':', 3);
        if (parts.Length < 3 || venue.Market(parts[2]) is not { } market
            || market.Candles.Find(parts[1]) is not { } series)
        {
            return Invalid("key: invalid");
        }

        if (isLast)
            return RestAnswer.Ok(new Utf8Text().Candle(market.Symbol, series.Candles[^1]));
        var limit = Math.Min(10_000, query.Number("limit", 100));
        var text = new Utf8Text().Raw("["u8);
        foreach (var candle in Between(series.Candles, c => c.OpenTimeMs, query, limit))
            Next(text).Candle(market.Symbol, candle);
        return RestAnswer.Ok(text.Raw("]"u8));
    }

    /// <summary>start and end are inclusive; newest first unless <c>sort=1</c>.</summary>
    static IEnumerable<T> Between<T>(IReadOnlyList<T> all, Func<T, long> time, IQueryCollection query, int limit)
    {
        var (start, end) = (query.Long("start") ?? 0, query.Long("end") ?? long.MaxValue);
        var inside = all.Where(item => time(item) >= start && time(item) <= end);
        return (query["sort"] == "1" ? inside : inside.Reverse()).Take(limit);
    }

    RestAnswer Ticker(string symbol) => venue.Market(symbol) is { } market
        ? RestAnswer.Ok(new Utf8Text().Ticker(market))
        : venue.Funding(symbol) is { } funding
            ? RestAnswer.Ok(new Utf8Text().Ticker(funding))
            : Invalid("symbol: invalid");

    RestAnswer Tickers(string symbols)
    {
        var wanted = symbols.Split(',');
        var text = new Utf8Text().Raw("["u8);
        foreach (var market in venue.Markets.Where(m => symbols == "ALL" || wanted.Contains(m.Symbol.Symbol)))
            Named(Next(text), market.Symbol.Symbol, new Utf8Text().Ticker(market));
        foreach (var funding in venue.FundingMarkets.Where(f => symbols == "ALL" || wanted.Contains(f.Symbol)))
            Named(Next(text), funding.Symbol, new Utf8Text().Ticker(funding));
        return RestAnswer.Ok(text.Raw("]"u8));

        static void Named(Utf8Text text, string symbol, Utf8Text ticker) =>
            text.Raw("["u8).Quoted(symbol).Raw(","u8).Raw(ticker.Written[1..]);
    }

    static RestAnswer Invalid(string message) =>
        RestAnswer.Ok(new Utf8Text().Raw("[\"error\",10020,"u8).Quoted(message).Raw("]"u8)) with { Status = 500 };

    static Utf8Text Next(Utf8Text text) => text.Length > 1 ? text.Raw(","u8) : text;
}
