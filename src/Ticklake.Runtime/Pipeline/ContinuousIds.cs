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
}

/// <summary>
/// Follows ids that count up by one: a connection's counter, trade ids, the first and last update id of book events. Knows
/// the ids still missing, to tell a late message from a repeated one.
/// </summary>
public sealed class ContinuousIds
{
    readonly MissingIds _missing = new();

    /// <summary>The highest id seen, or <see cref="EventStamp.None"/>.</summary>
    public long Last { get; private set; } = EventStamp.None;

    /// <summary>The id that would have been next at the last <see cref="Check"/>.</summary>
    public long Expected { get; private set; } = EventStamp.None;

    /// <summary>Begins anew after <paramref name="last"/>.</summary>
    public void StartAfter(long last)
    {
        Last = last;
        _missing.Clear();
    }

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

        Expected = Last + 1;
        if (first > Expected)
        {
            Miss(first - 1);
            Last = last;
            return Continuity.Gap;
        }

        // An event may begin at ids already folded into the one before it, as long as it ends later.
        if (last > Last)
        {
            Last = last;
            return Continuity.Next;
        }

        return _missing.Take(first, last) ? Continuity.Late : Continuity.Repeat;
    }

    /// <summary>The ids up to this one exist and have not come.</summary>
    public void Miss(long through)
    {
        _missing.Add(Last + 1, through);
        Last = through;
    }
}
