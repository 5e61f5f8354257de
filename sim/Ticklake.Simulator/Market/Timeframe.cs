namespace Ticklake.Simulator.Market;

/// <summary>
/// A candle length under the exchange's name; months are counted in the calendar, the rest from an anchor.
/// </summary>
/// <param name="Name">As written in subscriptions: <c>1m</c>, <c>7D</c>.</param>
/// <param name="LengthMs">0 = calendar month.</param>
sealed record Timeframe(string Name, long LengthMs)
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

    /// <summary>The start of the bucket that holds this moment.</summary>
    public long BucketOf(long timeMs)
    {
        if (LengthMs == 0)
        {
            var date = DateTimeOffset.FromUnixTimeMilliseconds(timeMs);
            return new DateTimeOffset(date.Year, date.Month, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        }

        var anchor = LengthMs % (7 * Day) == 0 ? FirstMondayMs : 0;
        return ((timeMs - anchor) / LengthMs * LengthMs) + anchor;
    }

    /// <summary>The start of the bucket after the one that starts here.</summary>
    public long Next(long bucketMs) => LengthMs == 0
        ? DateTimeOffset.FromUnixTimeMilliseconds(bucketMs).AddMonths(1).ToUnixTimeMilliseconds()
        : bucketMs + LengthMs;

    public long Previous(long bucketMs) => BucketOf(bucketMs - 1);
}
