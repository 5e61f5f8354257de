using System.Runtime.CompilerServices;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Binance;

/// <summary>Values that occur in more than one payload.</summary>
static class BinanceValues
{
    // Members of two letters, under codes that no member of one letter can have.

    /// <summary><c>pu</c></summary>
    public const byte PreviousUpdate = 1;

    /// <summary><c>st</c></summary>
    public const byte ContractKind = 2;

    /// <summary><c>ap</c></summary>
    public const byte Average = 3;

    /// <summary>Takes a quoted number, or null where a side of the book is empty.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryTakeOptional(ref JsonCursor cursor, out ExactDecimal value)
    {
        if (cursor.Next() != 'n')
            return cursor.TakeQuotedDecimal(out value);
        value = ExactDecimal.None;
        return cursor.TakeNull();
    }

    /// <summary>As <see cref="TryTakeOptional"/>, and an empty text, which futures write where a contract has no funding.</summary>
    public static bool TryTakeOrEmpty(ref JsonCursor cursor, out ExactDecimal value)
    {
        value = ExactDecimal.None;
        return (cursor.Next() == '"' && cursor.TakeExactly("\"\""u8)) || TryTakeOptional(ref cursor, out value);
    }

    /// <summary>The payload's own symbol must be the stream's: two frames torn into one would differ here.</summary>
    public static bool TryTakeSymbol(ref JsonCursor cursor, BinanceStream stream) =>
        cursor.TakeString(out var symbol) && IsOf(stream, symbol);

    /// <summary>Whether the stream is of this symbol.</summary>
    public static bool IsOf(BinanceStream stream, ReadOnlySpan<byte> symbol) => symbol.SequenceEqual(stream.Symbol)
        || (symbol.Contains((byte)'\\') && JsonText.Decode(symbol) == stream.Key.Symbol);

    /// <summary>Takes a member's name and colon; a name of several characters gives 0 where it is of no interest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryTakeKey(ref JsonCursor cursor, out byte key)
    {
        if (!JsonLetters.TryTake(ref cursor, out key, out var longer))
            return false;
        if (key == 0)
            key = CodeOf(longer);
        return true;
    }

    /// <summary>The event type must be the one that the stream's name promises.</summary>
    public static bool TryTakeType(ref JsonCursor cursor, ReadOnlySpan<byte> expected) =>
        cursor.TakeString(out var type) && type.SequenceEqual(expected);

    /// <summary>The bit of a member in a set of those seen: 58 of one letter, then the others.</summary>
    public static ulong Bit(int key) =>
        key is >= PreviousUpdate and <= Average ? 1UL << (60 + key) : JsonLetters.Bit(key);

    static byte CodeOf(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("pu"u8) ? PreviousUpdate
        : name.SequenceEqual("st"u8) ? ContractKind
        : name.SequenceEqual("ap"u8) ? Average : (byte)0;
}
