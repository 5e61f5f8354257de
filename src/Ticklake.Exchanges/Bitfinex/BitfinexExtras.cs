using Ticklake.Core.Events;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Bitfinex;

/// <summary>
/// Flags of <c>conf</c> and what they append to every array frame: the sequence number first, the timestamp last
/// (verified on recordings). Found by position from the payload, never from the end: more elements may follow one day.
/// </summary>
static class BitfinexExtras
{
    public const long Timestamp = 32768;
    public const long Sequence = 65536;
    public const long Checksum = 131072;
    public const long Bulk = 536870912;

    /// <summary>What a session asks for unless configured otherwise.</summary>
    public const long Default = Timestamp + Sequence + Checksum;

    // Times are milliseconds; beyond this, microseconds would not fit 64 bits.
    const long LatestMs = long.MaxValue / 1000;

    /// <summary>Takes the rest of the frame, from after its payload to its end.</summary>
    public static bool TryTake(ref JsonCursor cursor, long flags, out EventStamp stamp)
    {
        stamp = EventStamp.Empty;
        var seq = EventStamp.None;
        var time = EventStamp.None;
        // Flags take effect some frames after they were acknowledged or before: either extra may be missing.
        if ((flags & Sequence) != 0 && cursor.Take((byte)',') && (!cursor.TakeInt64(out seq) || seq < 0))
            return false;
        if ((flags & Timestamp) != 0 && cursor.Take((byte)',') && !TryTakeTime(ref cursor, out time))
            return false;
        stamp = new EventStamp(seq, time);
        return cursor.SkipToArrayEnd() && cursor.AtEnd();
    }

    /// <summary>Takes milliseconds and gives microseconds.</summary>
    public static bool TryTakeTime(ref JsonCursor cursor, out long microseconds)
    {
        microseconds = 0;
        if (!cursor.TakeInt64(out var milliseconds) || milliseconds is < 0 or > LatestMs)
            return false;
        microseconds = milliseconds * 1000;
        return true;
    }
}
