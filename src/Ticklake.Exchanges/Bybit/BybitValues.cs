using System.Runtime.CompilerServices;
using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Bybit;

/// <summary>Values that occur in more than one payload.</summary>
static class BybitValues
{
    /// <summary>Takes a quoted number, or <c>""</c> where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryTakeOptional(ref JsonCursor cursor, out ExactDecimal value)
    {
        if (cursor.Next() == '"' && cursor.TakeExactly("\"\""u8))
        {
            value = ExactDecimal.None;
            return true;
        }

        return cursor.TakeQuotedDecimal(out value);
    }

    /// <summary>
    /// Takes a text that must be this one, as the symbol of a payload is its topic's: two frames torn into one would
    /// differ there.
    /// </summary>
    public static bool TryTakeText(ref JsonCursor cursor, ReadOnlySpan<byte> expected) =>
        cursor.TakeString(out var text)
        && (text.SequenceEqual(expected) || (text.Contains((byte)'\\') && IsEscaped(text, expected)));

    /// <summary>Takes <c>"Buy"</c> or <c>"Sell"</c>.</summary>
    public static bool TryTakeSide(ref JsonCursor cursor, out TradeSide side)
    {
        side = TradeSide.Buy;
        if (!cursor.TakeString(out var text))
            return false;
        if (text.SequenceEqual("Sell"u8))
            side = TradeSide.Sell;
        return side == TradeSide.Sell || text.SequenceEqual("Buy"u8);
    }

    static bool IsEscaped(ReadOnlySpan<byte> text, ReadOnlySpan<byte> expected) =>
        System.Text.Ascii.Equals(expected, JsonText.Decode(text));
}
