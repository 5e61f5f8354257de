using System.Runtime.CompilerServices;

namespace Ticklake.Exchanges.Json;

/// <summary>
/// Objects whose members are named by one letter, in which case matters (<c>u</c> and <c>U</c> are two members): names as
/// bytes, and sets of those that were seen.
/// </summary>
static class JsonLetters
{
    /// <summary>Takes a member's name and colon; a name of several characters gives 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryTake(ref JsonCursor cursor, out byte letter)
    {
        letter = cursor.TakeShortKey();
        return letter != 0 || TryTakeAny(ref cursor, out letter, out _);
    }

    /// <summary>As <see cref="TryTake(ref JsonCursor, out byte)"/>, and gives a longer name.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryTake(ref JsonCursor cursor, out byte letter, out ReadOnlySpan<byte> longer)
    {
        longer = default;
        letter = cursor.TakeShortKey();
        return letter != 0 || TryTakeAny(ref cursor, out letter, out longer);
    }

    /// <summary>The bit of a letter in a set of those seen.</summary>
    public static ulong Bit(int letter) => letter is >= 'A' and <= 'z' ? 1UL << (letter - 'A') : 0;

    static bool TryTakeAny(ref JsonCursor cursor, out byte letter, out ReadOnlySpan<byte> longer)
    {
        letter = 0;
        if (!cursor.TakeKey(out longer))
            return false;
        if (longer.Length == 1)
            letter = longer[0];
        return true;
    }
}
