namespace Ticklake.Runtime.Configuration;

/// <summary>An option of a stream; which values an exchange takes is for the exchange to say.</summary>
/// <param name="Name">Its key, and its name in a stream request.</param>
/// <param name="Channels">Channels it belongs to, for the reference page.</param>
/// <param name="Help">One sentence for the reference page and the schema.</param>
sealed record StreamOption(string Name, string Channels, string Help)
{
    public static IReadOnlyList<StreamOption> All { get; } =
    [
        new("timeframe", "candles", "Length of a candle as the exchange writes it: `1m`, `1h`, `1D`."),
        new("prec", "books", "Bitfinex: price aggregation, `P0` (none) to `P4`."),
        new("freq", "books", "Bitfinex: `F0` (at once) or `F1` (every two seconds)."),
        new("speed", "books, depth_snapshots, mark_price",
            "Binance: between updates. Spot: `100ms` or `1000ms`; futures: `0ms` (books only), `100ms`, `250ms` or `500ms`; "
            + "mark prices: `1s` or `3s`."),
        new("levels", "depth_snapshots", "Binance: levels a side, `5`, `10` or `20`."),
        new("trade", "trades",
            "Binance: every `trade`, or `agg` for fills of one order at one price taken together (what futures document)."),
        new("len", "books, raw_books", "Bitfinex: levels a side, `1`, `25`, `100` or `250`."),
    ];

    public static StreamOption? Find(string name) => All.FirstOrDefault(o => o.Name == name);
}
