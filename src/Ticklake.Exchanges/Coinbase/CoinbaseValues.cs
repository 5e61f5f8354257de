using System.Runtime.CompilerServices;
using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Coinbase;

/// <summary>Members that several payloads share.</summary>
static class CoinbaseValues
{
    /// <summary>RFC 3339 with up to nine fractional digits; the epoch stands for "unknown".</summary>
    public static bool TryTakeTime(ref JsonCursor cursor, out long microseconds)
    {
        microseconds = EventStamp.None;
        return cursor.TakeString(out var text) && TryParseTime(text, out microseconds);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryParseTime(ReadOnlySpan<byte> text, out long microseconds)
    {
        if (!JsonTimes.TryParseUtc(text, out microseconds))
            return false;
        if (microseconds <= 0)
            microseconds = EventStamp.None;
        return true;
    }

    /// <summary>Any of the statistics: a product without trades may leave one out, empty or null.</summary>
    public static bool TryTakeOptional(ref JsonCursor cursor, out ExactDecimal value)
    {
        value = ExactDecimal.None;
        if (cursor.Next() == 'n')
            return cursor.TakeNull();
        var start = cursor;
        if (cursor.TakeQuotedDecimal(out value))
            return true;
        cursor = start;
        value = ExactDecimal.None;
        return cursor.TakeString(out var text) && text.IsEmpty;
    }

    /// <summary>A price or size, never negative.</summary>
    public static bool TryTakeAmount(ref JsonCursor cursor, out ExactDecimal value) =>
        cursor.TakeQuotedDecimal(out value) && !value.IsNegative;

    /// <summary>Digits between quotes.</summary>
    public static bool TryTakeQuotedInt64(ref JsonCursor cursor, out long value)
    {
        value = 0;
        if (!cursor.TakeString(out var text))
            return false;
        var digits = new JsonCursor(text);
        return digits.TakeInt64(out value) && value >= 0 && digits.AtEnd();
    }

    /// <summary>An event's <c>type</c>: a list sent at subscription, or news.</summary>
    public static bool TryTakeKind(ref JsonCursor cursor, out bool isSnapshot)
    {
        isSnapshot = false;
        if (!cursor.TakeString(out var text))
            return false;
        isSnapshot = text.SequenceEqual("snapshot"u8);
        return isSnapshot || text.SequenceEqual("update"u8);
    }

    /// <summary>The text of one member of an object, wherever it stands; false if the text is no JSON object.</summary>
    public static bool TryFindText(JsonCursor cursor, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (!cursor.Take((byte)'{'))
            return false;
        if (cursor.Take((byte)'}'))
            return cursor.AtEnd();
        do
        {
            if (!cursor.TakeKey(out var key))
                return false;
            var isTaken = key.SequenceEqual(name) && cursor.Next() == '"' ? cursor.TakeString(out text) : cursor.Skip();
            if (!isTaken)
                return false;
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)'}') && cursor.AtEnd();
    }
}
