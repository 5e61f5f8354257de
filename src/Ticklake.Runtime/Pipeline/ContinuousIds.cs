using Ticklake.Core.Events;

namespace Ticklake.Runtime.Pipeline;

/// <summary>How a message's ids relate to those before it.</summary>
public enum Continuity : byte
{
    /// <summary>Nothing came before.</summary>
    First,

    /// <summary>Follows the one before it.</summary>
    Next,

    /// <summary>Ids between the one before and this one are missing.</summary>
    Gap,

    /// <summary>One of the missing, arriving late.</summary>
    Late,

    /// <summary>All of it has been seen before.</summary>
    Repeat,

    /// <summary>
    /// It follows those that came before a message far ahead of them: that one's id was wrong, and is not counted from.
    /// </summary>
    Outlier,
}

/// <summary>
/// Follows ids that count up by one: a connection's counter, trade ids, the first and last update id of book events. Knows
/// the ids still missing, to tell a late message from a repeated one.
/// </summary>
public sealed class ContinuousIds
{
    // Further than any message is early by; one that leads so far costs nothing while the next goes on from there.
    const long FarAhead = 1_000;

    // More than any one message holds.
    const long TooManyInOne = 1_000_000;

    readonly MissingIds _missing = new();
    readonly LoneIds _lone = new();

    /// <summary>The highest id seen, or <see cref="EventStamp.None"/>.</summary>
    public long Last { get; private set; } = EventStamp.None;

    /// <summary>The id that would have been next at the last <see cref="Check"/>.</summary>
    public long Expected { get; private set; } = EventStamp.None;

    /// <summary>The id that was wrong, at the last <see cref="Continuity.Outlier"/>.</summary>
    public long Outlier { get; private set; } = EventStamp.None;

    /// <summary>The last message leads far ahead of those before it, and none has gone on from there.</summary>
    public bool IsLone => _lone.IsWatching;

    /// <summary>Begins anew after <paramref name="last"/>.</summary>
    public void StartAfter(long last)
    {
        Last = last;
        _missing.Clear();
        _lone.Clear();
    }

    /// <summary>What another session has left unproven stays so: its messages are not this one's.</summary>
    public void ForgetLone() => _lone.Clear();

    public void Forget() => StartAfter(EventStamp.None);

    /// <summary>Takes a message that holds the ids <paramref name="first"/> to <paramref name="last"/>.</summary>
    public Continuity Check(long first, long last)
    {
        if (Last == EventStamp.None)
        {
            Last = last;
            Expected = first;
            return Continuity.First;
        }

        Expected = Last == long.MaxValue ? Last : Last + 1;
        if (first > Expected)
        {
            WatchIf(first - Expected > FarAhead, Expected, last);
            _missing.Add(Expected, first - 1);
            Last = last;
            return Continuity.Gap;
        }

        // An event may begin at ids already folded into the one before it, as long as it ends later.
        if (last > Last)
        {
            WatchIf(last - Last > TooManyInOne, Expected, last);
            Last = last;
            return Continuity.Next;
        }

        var wasPassedOver = _lone.Holds(first, last);
        if (!_missing.Take(first, last) && !wasPassedOver)
            return Continuity.Repeat;
        if (!wasPassedOver || !_lone.IsProof(first - 1, last))
            return Continuity.Late;
        Outlier = Last;
        Expected = first;
        Last = last;
        _missing.EndAt(last);
        _lone.Clear();
        return Continuity.Outlier;
    }

    void WatchIf(bool isFar, long from, long last)
    {
        if (isFar)
            _lone.Watch(from, last - 1);
        else
            _lone.Clear();
    }

    /// <summary>The ids up to this one exist and have not come.</summary>
    public void Miss(long through)
    {
        WatchIf(through - Last > FarAhead, Last + 1, through + 1);
        _missing.Add(Last + 1, through);
        Last = through;
    }
}
