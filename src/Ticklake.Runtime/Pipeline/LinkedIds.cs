using Ticklake.Core.Events;

namespace Ticklake.Runtime.Pipeline;

/// <summary>
/// Follows updates that each name the id of the one before. Ids rise by any amount, stay (an update without changes) or fall
/// (a counter that was reset); knows the holes, to tell a late update from a repeated one.
/// </summary>
/// <param name="mayFall">
/// The counter may be reset, so a lower id that has not been seen is no repetition: the message that reset it was lost.
/// </param>
public sealed class LinkedIds(bool mayFall = false)
{
    // Counters that all contracts share count up by some 10^10 a day (binance.md B4): further than any update leads.
    const long FarAhead = 10_000_000_000;

    // A repeated message follows soon after the first.
    const int RememberedUpdates = 64;

    readonly (long Previous, long Id)[] _seen = new (long, long)[mayFall ? RememberedUpdates : 0];
    int _seenCount;

    readonly MissingIds _missing = new();
    readonly LoneIds _lone = new();

    /// <summary>The id of the newest update, or <see cref="EventStamp.None"/>.</summary>
    public long Last { get; private set; } = EventStamp.None;

    /// <summary>The id the update should have named at the last <see cref="Check"/>.</summary>
    public long Expected { get; private set; } = EventStamp.None;

    /// <summary>The id that was wrong, at the last <see cref="Continuity.Outlier"/>.</summary>
    public long Outlier { get; private set; } = EventStamp.None;

    /// <summary>The last update leads far ahead of those before it, and none has gone on from there.</summary>
    public bool IsLone => _lone.IsWatching;

    /// <summary>What another session has left unproven stays so: its messages are not this one's.</summary>
    public void ForgetLone() => _lone.Clear();

    public void StartAfter(long last)
    {
        Last = last;
        _missing.Clear();
        _lone.Clear();
        _seenCount = 0;
    }

    /// <summary>Takes an update that says it follows <paramref name="previous"/> and is <paramref name="id"/> itself.</summary>
    public Continuity Check(long previous, long id)
    {
        Expected = Last;
        if (Last == EventStamp.None || previous == Last)
        {
            var isFirst = Last == EventStamp.None;
            Advance(previous, id);
            return isFirst ? Continuity.First : Continuity.Next;
        }

        if (mayFall && _seen.AsSpan(0, Math.Min(_seenCount, RememberedUpdates)).Contains((previous, id)))
            return Continuity.Repeat;
        if (previous > Last)
        {
            _missing.Add(Last + 1, previous);
            Advance(previous, id);
            return Continuity.Gap;
        }

        var wasPassedOver = _lone.Holds(previous, id);
        if (_missing.Take(previous + 1, id) || wasPassedOver)
        {
            Remember(previous, id);
            return wasPassedOver && _lone.IsProof(previous, id) ? GoBackTo(previous, id) : Continuity.Late;
        }

        if (!mayFall)
            return Continuity.Repeat;
        _missing.Clear();
        Advance(previous, id);
        return Continuity.Gap;
    }

    Continuity GoBackTo(long previous, long id)
    {
        Outlier = Last;
        Expected = previous;
        Last = id;
        _missing.EndAt(id);
        _lone.Clear();
        return Continuity.Outlier;
    }

    void Advance(long previous, long id)
    {
        // A counter that may be reset needs no such proof: an unknown lower id is taken for what it is.
        if (!mayFall && Last != EventStamp.None && id - Last > FarAhead)
            _lone.Watch(Last, id - 1);
        else
            _lone.Clear();
        Last = id;
        Remember(previous, id);
    }

    void Remember(long previous, long id)
    {
        if (mayFall)
            _seen[_seenCount++ % RememberedUpdates] = (previous, id);
    }
}
