using System.Runtime.CompilerServices;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Binance;

/// <summary>Values that occur in more than one payload.</summary>
static class BinanceValues
{
    /// <summary>Takes a quoted number, or null where a side of the book is empty.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryTakeOptional(ref JsonCursor cursor, out ExactDecimal value)
    {
        if (cursor.Next() != 'n')
            return cursor.TakeQuotedDecimal(out value);
        value = ExactDecimal.None;
        return cursor.TakeNull();
    }

    /// <summary>The payload's own symbol must be the stream's: two frames torn into one would differ here.</summary>
    public static bool TryTakeSymbol(ref JsonCursor cursor, BinanceStream stream) =>
        cursor.TakeString(out var symbol)
        && (symbol.SequenceEqual(stream.Symbol)
            || (symbol.Contains((byte)'\\') && JsonText.Decode(symbol) == stream.Key.Symbol));

    /// <summary>Takes a member's name and colon; a name of several characters is of no interest and gives 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryTakeKey(ref JsonCursor cursor, out byte key)
    {
        key = cursor.TakeShortKey();
        return key != 0 || TryTakeAnyKey(ref cursor, out key);
    }

    /// <summary>The event type must be the one that the stream's name promises.</summary>
    public static bool TryTakeType(ref JsonCursor cursor, ReadOnlySpan<byte> expected) =>
        cursor.TakeString(out var type) && type.SequenceEqual(expected);

    /// <summary>The bit of a one-letter member in a set of those seen.</summary>
    public static ulong Bit(int key) => key is >= 'A' and <= 'z' ? 1UL << (key - 'A') : 0;

    static bool TryTakeAnyKey(ref JsonCursor cursor, out byte key)
    {
        key = 0;
        if (!cursor.TakeKey(out var name))
            return false;
        if (name.Length == 1)
            key = name[0];
        return true;
    }
}
