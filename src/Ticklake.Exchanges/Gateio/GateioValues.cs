using System.Runtime.CompilerServices;
using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Gateio;

/// <summary>Values that occur in more than one payload.</summary>
static class GateioValues
{
    /// <summary>Takes a quoted number; empty, null or missing where a side of the book is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryTakeOptional(ref JsonCursor cursor, out ExactDecimal value)
    {
        value = ExactDecimal.None;
        if (cursor.Next() == 'n')
            return cursor.TakeNull();
        return cursor.TakeExactly("\"\""u8) || cursor.TakeQuotedDecimal(out value);
    }

    /// <summary>Takes an integer, between quotes or not ("time fields may come as integer, number or string").</summary>
    public static bool TryTakeInteger(ref JsonCursor cursor, out long value)
    {
        value = 0;
        if (cursor.Next() != '"')
            return cursor.TakeInt64(out value);
        return cursor.TakeString(out var text) && TryParse(text, out value);
    }

    /// <summary>Whole seconds, quoted or not, as microseconds.</summary>
    public static bool TryTakeSeconds(ref JsonCursor cursor, out long microseconds)
    {
        if (!TryTakeInteger(ref cursor, out microseconds) || microseconds is < 0 or > long.MaxValue / 1_000_000)
            return false;
        microseconds *= 1_000_000;
        return true;
    }

    /// <summary>Milliseconds with a fraction (<c>"1791365004213.4578"</c>), quoted or not, cut at microseconds.</summary>
    public static bool TryTakeFineTime(ref JsonCursor cursor, out long microseconds)
    {
        microseconds = 0;
        if (!(cursor.Next() == '"' ? cursor.TakeString(out var text) : cursor.TakeValue(out text)))
            return false;
        var point = text.IndexOf((byte)'.');
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? default : text[(point + 1)..];
        if (!TryParse(whole, out microseconds) || microseconds is < 0 or > long.MaxValue / 1000
            || fraction.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return false;
        for (var i = 0; i < 3; i++)
            microseconds = (microseconds * 10) + (i < fraction.Length ? fraction[i] - '0' : 0);
        return true;
    }

    /// <summary>The time of an envelope, which may be missing.</summary>
    public static long TimeOf(ReadOnlySpan<byte> milliseconds, ReadOnlySpan<byte> seconds)
    {
        var fine = new JsonCursor(milliseconds);
        if (!milliseconds.IsEmpty && JsonTimes.TryTake(ref fine, out var time))
            return time;
        var coarse = new JsonCursor(seconds);
        return !seconds.IsEmpty && TryTakeSeconds(ref coarse, out time) ? time : EventStamp.None;
    }

    public static bool TryParse(ReadOnlySpan<byte> text, out long value)
    {
        var digits = new JsonCursor(text);
        return digits.TakeInt64(out value) && digits.AtEnd();
    }
}
