using System.Runtime.CompilerServices;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Okx;

/// <summary>Values that occur in more than one payload: numbers are strings, and empty ones where there is none.</summary>
static class OkxValues
{
    /// <summary>Takes a quoted number, or the empty string for none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryTakeOptional(ref JsonCursor cursor, out ExactDecimal value)
    {
        value = ExactDecimal.None;
        if (cursor.Next() != '"')
            return false;
        return cursor.TakeExactly("\"\""u8) || cursor.TakeQuotedDecimal(out value);
    }

    /// <summary>Takes a quoted number that is not negative.</summary>
    public static bool TryTakeAmount(ref JsonCursor cursor, out ExactDecimal value) =>
        cursor.TakeQuotedDecimal(out value) && !value.IsNegative;

    /// <summary>Takes a quoted integer that is not negative.</summary>
    public static bool TryTakeInteger(ref JsonCursor cursor, out long value)
    {
        value = 0;
        if (!cursor.TakeString(out var text))
            return false;
        var digits = new JsonCursor(text);
        return digits.TakeInt64(out value) && value >= 0 && digits.AtEnd();
    }

    /// <summary>The payload's own instrument must be the stream's: two frames torn into one would differ here.</summary>
    public static bool TryTakeSymbol(ref JsonCursor cursor, OkxStream stream) =>
        cursor.TakeString(out var symbol)
        && (symbol.SequenceEqual(stream.Symbol)
            || (symbol.Contains((byte)'\\') && JsonText.Decode(symbol) == stream.Key.Symbol));

    /// <summary>Takes a member's name; false where it stands in the object for the second time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryTakeMember(ref JsonCursor cursor, ref OkxMember seen, out OkxMember member)
    {
        member = OkxMember.None;
        if (!cursor.TakeKey(out var key))
            return false;
        member = OkxMembers.Of(key);
        if ((seen & member) != 0)
            return false;
        seen |= member;
        return true;
    }
}
