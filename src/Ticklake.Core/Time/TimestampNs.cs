using System.Globalization;

namespace Ticklake.Core.Time;

/// <summary>Nanoseconds since the Unix epoch, UTC: the recorder's own clock at receipt.</summary>
public readonly record struct TimestampNs(long Value) : IComparable<TimestampNs>
{
    const long NsPerTick = 100;

    /// <summary>Whole microseconds, rounded down: the unit of every time column.</summary>
    public long Microseconds => FloorDivide(Value, 1000);

    /// <summary>The clock's present reading. The clock's resolution is 100 ns, the unit stays 1 ns.</summary>
    public static TimestampNs Now(TimeProvider clock) => From(clock.GetUtcNow());

    public static TimestampNs From(DateTimeOffset time) =>
        new((time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * NsPerTick);

    public static TimestampNs FromMicroseconds(long microseconds) => new(microseconds * 1000);

    public DateTimeOffset ToDateTimeOffset() =>
        new(DateTimeOffset.UnixEpoch.Ticks + FloorDivide(Value, NsPerTick), TimeSpan.Zero);

    public int CompareTo(TimestampNs other) => Value.CompareTo(other.Value);

    public static TimestampNs operator +(TimestampNs time, TimeSpan span) => new(time.Value + (span.Ticks * NsPerTick));

    public static TimeSpan operator -(TimestampNs left, TimestampNs right) =>
        TimeSpan.FromTicks((left.Value - right.Value) / NsPerTick);

    public static bool operator <(TimestampNs left, TimestampNs right) => left.Value < right.Value;

    public static bool operator >(TimestampNs left, TimestampNs right) => left.Value > right.Value;

    public static bool operator <=(TimestampNs left, TimestampNs right) => left.Value <= right.Value;

    public static bool operator >=(TimestampNs left, TimestampNs right) => left.Value >= right.Value;

    /// <summary>ISO 8601 with nine decimals, for people.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture,
            $"{ToDateTimeOffset():yyyy-MM-ddTHH:mm:ss}.{Value - (FloorDivide(Value, 1_000_000_000) * 1_000_000_000):D9}Z");

    static long FloorDivide(long value, long divisor) =>
        (value / divisor) - (value % divisor < 0 ? 1 : 0);
}
