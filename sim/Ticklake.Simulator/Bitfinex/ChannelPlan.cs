using System.Text.Json;
using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Bitfinex;

/// <summary>A valid subscription request, understood.</summary>
/// <param name="StreamName">Its name in the truth log: channel and parameters in a fixed order.</param>
/// <param name="Table">The table its rows belong to.</param>
/// <param name="Symbol">The exchange's name of the market.</param>
/// <param name="Acknowledgement">JSON fields of the acknowledgement before the echoed <c>subId</c>.</param>
/// <param name="Ending">JSON fields after it.</param>
/// <param name="Create">Makes the channel for a connection, channel id and stream.</param>
sealed record ChannelPlan(
    string StreamName,
    string Table,
    string Symbol,
    string Acknowledgement,
    string Ending,
    Func<BitfinexConnection, int, TruthStream, BitfinexChannel> Create)
{
    /// <summary>Turns trades, tickers and books of a pair into lanes of a load test; the rest stays as it is.</summary>
    public ChannelPlan UnderLoad(ScriptedMarket? market)
    {
        if (market is null || Table is not ("trades" or "ticker" or "books"))
            return this;
        var depth = Table == "books" ? int.Parse(StreamName[(StreamName.LastIndexOf(':') + 1)..], null) : 0;
        return this with
        {
            Create = (connection, chanId, stream) =>
                new FirehoseChannel(connection, chanId, stream, channel => Table switch
            {
                "trades" => new FirehoseTradesLane(channel, market.Symbol),
                "ticker" => new FirehoseTickerLane(channel, market.Symbol),
                _ => new FirehoseBookLane(channel, connection, new(market.Symbol, depth)),
            }),
        };
    }

    /// <summary>The plan of a request, or null where the exchange would refuse it.</summary>
    public static ChannelPlan? For(
        JsonElement request, Func<string, ScriptedMarket?> market, Func<string, FundingMarket?> funding)
    {
        var symbol = request.Text("symbol") ?? "";
        return (request.Text("channel"), market(symbol), funding(symbol)) switch
        {
            ("ticker", { } pair, _) => Plain("ticker", symbol, (c, id, s) => TickerChannel.Of(c, id, s, pair)),
            ("ticker", _, { } currency) => Plain("ticker", symbol, (c, id, s) => TickerChannel.Of(c, id, s, currency)),
            ("trades", { } pair, _) => Plain("trades", symbol, (c, id, s) => new TradesChannel(c, id, s, pair)),
            ("trades", _, { } currency) =>
                Plain("trades", symbol, (c, id, s) => new FundingTradesChannel(c, id, s, currency)),
            ("book", { } pair, _) => Book(request, symbol, pair),
            ("candles", _, _) => Candles(request.Text("key") ?? "", market),
            _ => null,
        };
    }

    static ChannelPlan Plain(
        string channel, string symbol, Func<BitfinexConnection, int, TruthStream, BitfinexChannel> create) =>
        new($"{channel}:{symbol}", channel, symbol, $"\"symbol\":\"{symbol}\"", Ends(symbol), create);

    static ChannelPlan? Book(JsonElement request, string symbol, ScriptedMarket market)
    {
        var precision = (request.Text("prec") ?? "P0") switch
        {
            "R0" => -1,
            ['P', >= '0' and <= '4' and var digit] => digit - '0',
            _ => -2,
        };
        var frequency = request.Text("freq") ?? "F0";
        var length = request.Text("len") ?? "25";
        if (precision == -2 || frequency is not ("F0" or "F1") || length is not ("1" or "25" or "100" or "250"))
            return null;
        var book = new BookRequest(precision, frequency == "F0", int.Parse(length, null));
        var (prec, freq) = (book.PrecisionName, book.FrequencyName);
        return new(
            $"book:{symbol}:{prec}:{freq}:{length}",
            book.IsRaw ? "raw_books" : "books",
            symbol,
            $"\"symbol\":\"{symbol}\",\"prec\":\"{prec}\",\"freq\":\"{freq}\",\"len\":\"{length}\"",
            Ends(symbol),
            (c, id, s) => new BookChannel(c, id, s, market, book));
    }

    /// <summary>The key is <c>trade:TIMEFRAME:SYMBOL</c>; the symbol may have a colon of its own.</summary>
    static ChannelPlan? Candles(string key, Func<string, ScriptedMarket?> markets)
    {
        var parts = key.Split(':', 3);
        if (parts.Length < 3 || parts[0] != "trade" || markets(parts[2]) is not { } market
            || market.Candles.Find(parts[1]) is not { } series)
        {
            return null;
        }

        return new("candles:" + key, "candles", parts[2], $"\"key\":\"{key}\"", "",
            (c, id, s) => new CandlesChannel(c, id, s, market.Symbol, series));
    }

    static string Ends(string symbol) =>
        symbol[0] == 'f' ? $"\"currency\":\"{symbol[1..]}\"" : $"\"pair\":\"{symbol[1..]}\"";
}
