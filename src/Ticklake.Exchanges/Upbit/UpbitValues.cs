using System.Runtime.CompilerServices;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Upbit;

/// <summary>Values that occur in more than one payload. Each member has a long name and a short one (SIMPLE format).</summary>
static class UpbitValues
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Is(ReadOnlySpan<byte> key, ReadOnlySpan<byte> name, ReadOnlySpan<byte> brief) =>
        key.SequenceEqual(name) || key.SequenceEqual(brief);

    /// <summary>Takes a number in any of its notations, or null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryTakeOptional(ref JsonCursor cursor, out ExactDecimal value)
    {
        if (cursor.Next() != 'n')
            return cursor.TakeDecimal(out value);
        value = ExactDecimal.None;
        return cursor.TakeNull();
    }

    /// <summary><c>2026-09-06T10:11:00</c>, UTC without saying so.</summary>
    public static bool TryTakeUtc(ref JsonCursor cursor, out long microseconds)
    {
        const int Length = 19;
        microseconds = 0;
        if (!cursor.TakeString(out var text) || text.Length != Length)
            return false;
        Span<byte> zoned = stackalloc byte[Length + 1];
        text.CopyTo(zoned);
        zoned[Length] = (byte)'Z';
        return JsonTimes.TryParseUtc(zoned, out microseconds);
    }

    /// <summary>SNAPSHOT: the state when the request was made.</summary>
    public static bool TryTakeOrigin(ref JsonCursor cursor, out bool isSnapshot)
    {
        var isTaken = cursor.TakeString(out var origin);
        isSnapshot = origin.SequenceEqual("SNAPSHOT"u8);
        return isTaken;
    }
}
