namespace Ticklake.Simulator.Market;

/// <summary>
/// A candle length under the exchange's name; months are counted in the calendar, the rest from an anchor.
/// </summary>
/// <param name="Name">As written in subscriptions: <c>1m</c>, <c>7D</c>.</param>
/// <param name="LengthMs">0 = calendar months.</param>
/// <param name="Months">How many of them.</param>
/// <param name="OffsetMs">What the exchange's clock is ahead of UTC for this length.</param>
sealed record Timeframe(string Name, long LengthMs, int Months = 1, long OffsetMs = 0)
{
    const long Minute = 60_000;
    const long Hour = 60 * Minute;
    const long Day = 24 * Hour;

    // Weeks begin on Monday; the epoch was a Thursday.
    const long FirstMondayMs = 4 * Day;

    public static IReadOnlyList<Timeframe> Bitfinex { get; } =
    [
        new("1m", Minute), new("5m", 5 * Minute), new("15m", 15 * Minute), new("30m", 30 * Minute), new("1h", Hour),
        new("3h", 3 * Hour), new("6h", 6 * Hour), new("12h", 12 * Hour), new("1D", Day), new("7D", 7 * Day),
        new("1W", 7 * Day), new("14D", 14 * Day), new("1M", 0),
    ];

    public static IReadOnlyList<Timeframe> Binance { get; } =
    [
        new("1s", 1_000), new("1m", Minute), new("3m", 3 * Minute), new("5m", 5 * Minute), new("15m", 15 * Minute),
        new("30m", 30 * Minute), new("1h", Hour), new("2h", 2 * Hour), new("4h", 4 * Hour), new("6h", 6 * Hour),
        new("8h", 8 * Hour), new("12h", 12 * Hour), new("1d", Day), new("3d", 3 * Day), new("1w", 7 * Day),
        new("1M", 0),
    ];

    public static IReadOnlyList<Timeframe> Mexc { get; } =
    [
        new("Min1", Minute), new("Min5", 5 * Minute), new("Min15", 15 * Minute), new("Min30", 30 * Minute),
        new("Min60", Hour), new("Hour4", 4 * Hour), new("Hour8", 8 * Hour), new("Day1", Day), new("Week1", 7 * Day),
        new("Month1", 0),
    ];

    /// <summary>From six hours on in Hong Kong time, unless the name ends in <c>utc</c> (okx.md 4.6).</summary>
    public static IReadOnlyList<Timeframe> Okx { get; } =
    [
        new("1s", 1_000), new("1m", Minute), new("3m", 3 * Minute), new("5m", 5 * Minute), new("15m", 15 * Minute),
        new("30m", 30 * Minute), new("1H", Hour), new("2H", 2 * Hour), new("4H", 4 * Hour),
        .. OkxDays("", 8 * Hour), .. OkxDays("utc", 0),
    ];

    static Timeframe[] OkxDays(string ending, long offsetMs) =>
    [
        new("6H" + ending, 6 * Hour, OffsetMs: offsetMs), new("12H" + ending, 12 * Hour, OffsetMs: offsetMs),
        new("1D" + ending, Day, OffsetMs: offsetMs), new("2D" + ending, 2 * Day, OffsetMs: offsetMs),
        new("3D" + ending, 3 * Day, OffsetMs: offsetMs), new("5D" + ending, 5 * Day, OffsetMs: offsetMs),
        new("1W" + ending, 7 * Day, OffsetMs: offsetMs), new("1M" + ending, 0, OffsetMs: offsetMs),
        new("3M" + ending, 0, Months: 3, offsetMs),
    ];

    public static IReadOnlyList<Timeframe> Bybit { get; } =
    [
        new("1", Minute), new("3", 3 * Minute), new("5", 5 * Minute), new("15", 15 * Minute), new("30", 30 * Minute),
        new("60", Hour), new("120", 2 * Hour), new("240", 4 * Hour), new("360", 6 * Hour), new("720", 12 * Hour),
        new("D", Day), new("W", 7 * Day), new("M", 0),
    ];

    /// <summary>The start of the bucket that holds this moment.</summary>
    public long BucketOf(long timeMs)
    {
        if (LengthMs == 0)
        {
            var date = DateTimeOffset.FromUnixTimeMilliseconds(timeMs + OffsetMs);
            var month = date.Month - ((date.Month - 1) % Months);
            return new DateTimeOffset(date.Year, month, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() - OffsetMs;
        }

        var anchor = (LengthMs % (7 * Day) == 0 ? FirstMondayMs : 0) - OffsetMs;
        return ((timeMs - anchor) / LengthMs * LengthMs) + anchor;
    }

    /// <summary>The start of the bucket after the one that starts here.</summary>
    public long Next(long bucketMs) => LengthMs == 0
        ? DateTimeOffset.FromUnixTimeMilliseconds(bucketMs + OffsetMs).AddMonths(Months).ToUnixTimeMilliseconds() - OffsetMs
        : bucketMs + LengthMs;

    public long Previous(long bucketMs) => BucketOf(bucketMs - 1);
}
