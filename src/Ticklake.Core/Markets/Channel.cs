namespace Ticklake.Core.Markets;

/// <summary>What a stream carries; one table per channel. The numbers are stored nowhere.</summary>
public enum Channel : byte
{
    Ticker,
    BookTicker,
    Trades,
    Books,
    RawBooks,
    Candles,
    DepthSnapshots,
    Controls,
    MarkPrice,
    Liquidations,
}

/// <summary>The one written form of each channel: paths, configuration, metrics and tables use it.</summary>
public static class ChannelNames
{
    static readonly string[] Names =
    [
        "ticker", "book_ticker", "trades", "books", "raw_books", "candles", "depth_snapshots", "controls", "mark_price",
        "liquidations",
    ];

    public static IReadOnlyList<string> All => Names;

    public static string Name(this Channel channel) => Names[(int)channel];

    public static bool TryParse(string? name, out Channel channel)
    {
        var index = Array.IndexOf(Names, name);
        channel = index < 0 ? default : (Channel)index;
        return index >= 0;
    }
}
