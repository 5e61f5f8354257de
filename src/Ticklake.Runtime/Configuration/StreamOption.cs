namespace Ticklake.Runtime.Configuration;

/// <summary>An option of a stream; which values an exchange takes is for the exchange to say.</summary>
/// <param name="Name">Its key, and its name in a stream request.</param>
/// <param name="Channels">Channels it belongs to, for the reference page.</param>
/// <param name="Help">One sentence for the reference page and the schema.</param>
sealed record StreamOption(string Name, string Channels, string Help)
{
    public static IReadOnlyList<StreamOption> All { get; } =
    [
        new("source", "book_ticker, depth_snapshots",
            "Where rows come from: `stream` (the exchange's own, the default where there is one), `book` (made from the "
            + "validated book, which must be recorded too) or `rest` (depth only: the exchange's book asked for at an interval)."),
        new("every", "depth_snapshots", "With `source: book`: time between two samples, `1s` unless said otherwise; with `source: rest`: between two requests, `10s`."),
        new("jitter", "depth_snapshots",
            "With `source: rest`: by how much of `every` a request may be early or late, `0%` to `20%`; `10%` unless said otherwise."),
        new("timeframe", "candles", "Length of a candle as the exchange writes it: `1m`, `1h`, `1D`."),
        new("prec", "books", "Bitfinex: price aggregation, `P0` (none) to `P4`."),
        new("freq", "books", "Bitfinex: `F0` (at once) or `F1` (every two seconds)."),
        new("speed", "book_ticker, books, depth_snapshots, mark_price, trades",
            "Between updates. Binance spot: `100ms` or `1000ms`; futures: `0ms` (books only), `100ms`, `250ms` or `500ms`, "
            + "mark prices `1s` or `3s`; MEXC: `100ms` or `10ms`, best prices also `batch`."),
        new("levels", "books, depth_snapshots",
            "Levels a side; with `source: book` any number, 20 unless said otherwise; with `source: rest` what the exchange answers with, 100 (Upbit: 30) unless said otherwise. Depth snapshots of Binance and MEXC: `5`, `10` or `20`; of Gate.io also `50` or `100`. "
            + "Gate.io's books: `400` (every 100 ms), `50` (every 20 ms), or the older feed with REST snapshots, `100` "
            + "(every 100 ms) or `20` (every 20 ms)."),
        new("timezone", "ticker", "MEXC: the day that changes are counted from, `24H` (rolling), `UTC+0`, `UTC+5:30` …"),
        new("api", "trades, ticker, books",
            "Coinbase: `advanced_trade` or `exchange`; trades come from `exchange`, the others from `advanced_trade`."),
        new("trade", "trades",
            "Binance: every `trade`, or `agg` for fills of one order at one price taken together (what futures document); "
            + "OKX: `trades` for fills so taken together, or `trades-all` for every fill."),
        new("len", "books, raw_books", "Levels a side. Bitfinex: `1`, `25`, `100` or `250`; Bybit: `50`, `200` or `1000`."),
    ];

    public static StreamOption? Find(string name) => All.FirstOrDefault(o => o.Name == name);
}
