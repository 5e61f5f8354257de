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
        new("speed", "books, depth_snapshots", "Binance: `100ms` or `1000ms` between updates."),
        new("levels", "depth_snapshots", "Binance: levels a side, `5`, `10` or `20`."),
        new("trade", "trades",
            "Binance: every `trade`, or `aggTrade` for fills of one order at one price taken together."),
        new("len", "books, raw_books", "Levels a side. Bitfinex: `1`, `25`, `100` or `250`; Bybit: `50`, `200` or `1000`."),
    ];

    public static StreamOption? Find(string name) => All.FirstOrDefault(o => o.Name == name);
}
