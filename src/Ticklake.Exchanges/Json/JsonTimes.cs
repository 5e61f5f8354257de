using System.Runtime.CompilerServices;

namespace Ticklake.Exchanges.Json;

/// <summary>Times as exchanges write them, to microseconds since the Unix epoch.</summary>
static class JsonTimes
{
    // Sixteen digits are microseconds, thirteen milliseconds: a value up to here would be a microsecond of 1973.
    const long LeastMicroseconds = 100_000_000_000_000;

    static ReadOnlySpan<int> DaysBefore => [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

    /// <summary>A number of milliseconds, or of microseconds where it is too large for those.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryTake(ref JsonCursor cursor, out long microseconds)
    {
        if (!cursor.TakeInt64(out microseconds) || microseconds is < 0 or > long.MaxValue / 1000)
            return false;
        if (microseconds < LeastMicroseconds)
            microseconds *= 1000;
        return true;
    }

    /// <summary>The same between quotes.</summary>
    public static bool TryTakeQuoted(ref JsonCursor cursor, out long microseconds)
    {
        microseconds = 0;
        if (!cursor.TakeString(out var text))
            return false;
        var digits = new JsonCursor(text);
        return TryTake(ref digits, out microseconds) && digits.AtEnd();
    }

    /// <summary>
    /// <c>2026-09-06T10:11:12.345678901Z</c>: RFC 3339 in UTC with any number of fractional digits, cut at microseconds.
    /// </summary>
    public static bool TryParseUtc(ReadOnlySpan<byte> text, out long microseconds)
    {
        microseconds = 0;
        if (text.Length < 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':'
            || text[^1] != 'Z'
            || !TryNumber(text[..4], out var year) || !TryNumber(text[5..7], out var month)
            || !TryNumber(text[8..10], out var day) || !TryNumber(text[11..13], out var hour)
            || !TryNumber(text[14..16], out var minute) || !TryNumber(text[17..19], out var second)
            || year < 1 || month is < 1 or > 12 || day is < 1 or > 31 || hour > 23 || minute > 59 || second > 60)
            return false;
        if (!TryFraction(text[19..^1], out var fraction))
            return false;
        var seconds = (((((DaysSinceEpoch(year, month, day) * 24) + hour) * 60) + minute) * 60) + second;
        microseconds = (seconds * 1_000_000) + fraction;
        return true;
    }

    static bool TryFraction(ReadOnlySpan<byte> text, out int microseconds)
    {
        microseconds = 0;
        if (text.IsEmpty)
            return true;
        if (text[0] != '.' || text.Length < 2 || text[1..].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return false;
        for (var i = 1; i <= 6; i++)
            microseconds = (microseconds * 10) + (i < text.Length ? text[i] - '0' : 0);
        return true;
    }

    static long DaysSinceEpoch(int year, int month, int day)
    {
        var isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        var before = year - 1L;
        var days = (before * 365) + (before / 4) - (before / 100) + (before / 400) + DaysBefore[month - 1] + day - 1;
        return days + (isLeap && month > 2 ? 1 : 0) - 719_162;
    }

    static bool TryNumber(ReadOnlySpan<byte> digits, out int number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return false;
            number = (number * 10) + (digit - '0');
        }

        return true;
    }
}
