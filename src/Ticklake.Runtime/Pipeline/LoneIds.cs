using Ticklake.Core.Events;

namespace Ticklake.Runtime.Pipeline;

/// <summary>
/// Watches a message whose ids lead far ahead of the one before it, until the next message goes on from there. Where several
/// in a row count on from before it instead, each following the other, its id was damaged: it stands alone, and must not make
/// all that follow look late or repeated (docs/adr/0013-lone-ids.md).
/// </summary>
sealed class LoneIds
{
    // No exchange lets so many messages, each following the other, be overtaken by one.
    const int Proof = 3;

    long _from = EventStamp.None;
    long _to;
    int _run;

    /// <summary>Of the messages that follow each other behind the leader, the last one's id.</summary>
    public long LastOfRun { get; private set; } = EventStamp.None;

    /// <summary>The last message leads far ahead, and none has gone on from there.</summary>
    public bool IsWatching => _from != EventStamp.None;

    /// <summary>A message has passed these ids over; behind another such message, what came before both counts.</summary>
    public void Watch(long from, long to)
    {
        if (!IsWatching)
            _from = from;
        (_to, _run) = (to, 0);
    }

    public void Clear() => (_from, _run) = (EventStamp.None, 0);

    /// <summary>Whether all of these ids were passed over.</summary>
    public bool Holds(long first, long last) => IsWatching && first >= _from && last <= _to && first <= last;

    /// <summary>Takes a message out of what was passed over; true: it proves that the leader stands alone.</summary>
    /// <param name="previous">The id it follows.</param>
    /// <param name="last">Its own, or its last one.</param>
    public bool IsProof(long previous, long last)
    {
        _run = _run > 0 && previous == LastOfRun ? _run + 1 : 1;
        LastOfRun = last;
        return _run == Proof;
    }
}
