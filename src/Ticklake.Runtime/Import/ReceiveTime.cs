using Ticklake.Core.Time;

namespace Ticklake.Runtime.Import;

/// <summary>Reads the receive times of other recorders, exactly, and makes them up where there are none.</summary>
static class ReceiveTime
{
    // 2000-01-01T00:00:00Z: recognisably no time of a crypto market.
    static readonly TimestampNs SyntheticStart = new(946_684_800_000_000_000);

    /// <summary>
    /// The made-up time of the n-th message: a microsecond apart, so that the order shows in every table.
    /// </summary>
    public static TimestampNs Synthetic(long message) => new(SyntheticStart.Value + (message * 1000));

    /// <summary>A whole number of milli-, micro- or nanoseconds since the epoch, told apart by its length.</summary>
    public static bool TryParseWhole(ReadOnlySpan<byte> text, out TimestampNs time)
    {
        time = default;
        var unit = text.Length switch
        {
            13 => 1_000_000L,
            16 => 1000L,
            19 => 1L,
            _ => 0L,
        };
        if (unit == 0 || text.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            || !long.TryParse(text, out var value))
            return false;
        time = new TimestampNs(value * unit);
        return true;
    }

    /// <summary>
    /// Seconds since the epoch with up to nine decimals (further ones are cut off), by their text alone.
    /// </summary>
    public static bool TryParseSeconds(ReadOnlySpan<byte> text, out TimestampNs time)
    {
        time = default;
        var dot = text.IndexOf((byte)'.');
        var whole = dot < 0 ? text : text[..dot];
        var decimals = dot < 0 ? default : text[(dot + 1)..];
        if (whole.Length is 0 or > 10 || (dot >= 0 && decimals.IsEmpty)
            || whole.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            || decimals.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return false;
        var value = 0L;
        foreach (var digit in whole)
            value = (value * 10) + (digit - '0');
        for (var i = 0; i < 9; i++)
            value = (value * 10) + (i < decimals.Length ? decimals[i] - '0' : 0);
        time = new TimestampNs(value);
        return true;
    }
}
