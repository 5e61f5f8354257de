using System.Runtime.CompilerServices;
using Ticklake.Core.Events;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Bybit;

/// <summary>
/// What stands around a payload: <c>type ts cts cs</c>. The order of members is not fixed, not even within one topic
/// (v5/websocket/public/orderbook), so all of it is only known at the frame's end.
/// </summary>
struct BybitMessage
{
    bool _hasType;
    long _engineTimeUs;

    /// <summary><c>type</c>: the payload replaces all before; of trades and candles it means nothing.</summary>
    public bool IsSnapshot { get; private set; }

    /// <summary><c>ts</c>: when the message was made.</summary>
    public long TimeUs { get; private set; }

    /// <summary><c>cs</c>: cross sequence of a ticker.</summary>
    public long CrossSequence { get; private set; }

    /// <summary><c>cts</c>, the matching engine's time, or <c>ts</c> where there is none.</summary>
    public readonly long EngineTimeUs => _engineTimeUs == EventStamp.None ? TimeUs : _engineTimeUs;

    public readonly bool IsWhole => _hasType && TimeUs != EventStamp.None;

    public static BybitMessage Empty { get; } = new()
    {
        TimeUs = EventStamp.None,
        CrossSequence = EventStamp.None,
        _engineTimeUs = EventStamp.None,
    };

    /// <summary>Takes the value of any member but <c>data</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTake(ref JsonCursor cursor, ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("ts"u8))
        {
            var isTaken = JsonTimes.TryTake(ref cursor, out var time);
            TimeUs = time;
            return isTaken;
        }

        if (name.SequenceEqual("type"u8))
            return TryTakeType(ref cursor);
        if (name.SequenceEqual("cts"u8))
            return JsonTimes.TryTake(ref cursor, out _engineTimeUs);
        if (!name.SequenceEqual("cs"u8))
            return cursor.Skip();
        var hasSequence = cursor.TakeInt64(out var sequence);
        CrossSequence = sequence;
        return hasSequence;
    }

    bool TryTakeType(ref JsonCursor cursor)
    {
        if (!cursor.TakeString(out var type))
            return false;
        IsSnapshot = type.SequenceEqual("snapshot"u8);
        _hasType = true;
        return IsSnapshot || type.SequenceEqual("delta"u8);
    }
}
