using System.Globalization;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Gateio;

/// <summary>A channel and payload understood.</summary>
sealed record StreamPlan(string Table, string Symbol, Func<ServedConnection, TruthStream, GateioStream> Create)
{
    /// <summary>As the truth log names a stream: <c>spot.candlesticks 1m BTC_USDT</c>.</summary>
    public static string NameOf(string channel, IEnumerable<string> payload) => $"{channel} {string.Join(' ', payload)}";

    /// <summary>The plan of a stream by its name, or null where it means nothing.</summary>
    public static StreamPlan? For(string name, GateioVenue venue)
    {
        var words = name.Split(' ');
        var payload = words[1..];
        return words[0] switch
        {
            "spot.obu" when payload is [var book] => Book(book, venue),
            "spot.candlesticks" when payload is [var timeframe, var pair] => Candles(timeframe, pair, venue),
            "spot.order_book" when payload is [var pair, var depth, var speed] => Top(pair, depth, speed, venue),
            "spot.order_book_update" when payload is [var pair, var speed] => Updates(pair, speed, venue),
            _ when payload is [var pair] => Plain(words[0], pair, venue),
            _ => null,
        };
    }

    static StreamPlan? Plain(string channel, string pair, GateioVenue venue)
    {
        if (venue.Find(pair)?.Market is not { } market)
            return null;
        return channel switch
        {
            "spot.book_ticker" => new("book_ticker", pair, (c, s) => new BookTickerStream(c, s, market)),
            "spot.trades" => new("trades", pair, (c, s) => new TradeStream(c, s, market)),
            "spot.tickers" => new("ticker", pair, (c, s) => new TickerStream(c, s, market)),
            _ => null,
        };
    }

    static StreamPlan? Book(string name, GateioVenue venue)
    {
        var dot = name.LastIndexOf('.');
        if (dot < 4 || !name.StartsWith("ob.", StringComparison.Ordinal)
            || venue.Find(name[3..dot])?.Market is not { } market)
            return null;
        return name[dot..] switch
        {
            ".400" => new("books", name[3..dot], (c, s) => new BookStream(c, s, market, 400, Milliseconds(100))),
            ".50" => new("books", name[3..dot], (c, s) => new BookStream(c, s, market, 50, Milliseconds(20))),
            _ => null,
        };
    }

    static StreamPlan? Candles(string timeframe, string pair, GateioVenue venue) =>
        venue.Find(pair)?.Market is { } market && market.Candles.Find(timeframe) is { } series
            ? new("candles", pair, (c, s) => new CandleStream(c, s, market, series))
            : null;

    static StreamPlan? Top(string pair, string depth, string speed, GateioVenue venue)
    {
        if (venue.Find(pair)?.Market is not { } market || depth is not ("5" or "10" or "20" or "50" or "100")
            || speed is not ("100ms" or "1000ms"))
            return null;
        var levels = int.Parse(depth, CultureInfo.InvariantCulture);
        var interval = Milliseconds(speed == "100ms" ? 100 : 1000);
        return new("depth_snapshots", pair, (c, s) => new TopOfBookStream(c, s, market, levels, interval));
    }

    static StreamPlan? Updates(string pair, string speed, GateioVenue venue)
    {
        if (venue.Find(pair) is not { } market)
            return null;
        return speed switch
        {
            "100ms" => new("books", pair, (c, s) => new BookUpdateStream(c, s, market.Market, market.Slow, 100)),
            "20ms" => new("books", pair, (c, s) => new BookUpdateStream(c, s, market.Market, market.Fast, 20)),
            _ => null,
        };
    }

    static TimeSpan Milliseconds(int count) => TimeSpan.FromMilliseconds(count);
}
