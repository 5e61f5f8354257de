using Ticklake.Core.Events;

namespace Ticklake.Runtime.Pipeline;

/// <summary>
/// Follows updates that each name the id of the one before. Ids rise by any amount, stay (an update without changes) or fall
/// (a counter that was reset); knows the holes, to tell a late update from a repeated one.
/// </summary>
public sealed class LinkedIds
{
    readonly MissingIds _missing = new();

    /// <summary>The id of the newest update, or <see cref="EventStamp.None"/>.</summary>
    public long Last { get; private set; } = EventStamp.None;

    /// <summary>The id the update should have named at the last <see cref="Check"/>.</summary>
    public long Expected { get; private set; } = EventStamp.None;

    public void StartAfter(long last)
    {
        Last = last;
        _missing.Clear();
    }

    /// <summary>Takes an update that says it follows <paramref name="previous"/> and is <paramref name="id"/> itself.</summary>
    public Continuity Check(long previous, long id)
    {
        Expected = Last;
        if (Last == EventStamp.None || previous == Last)
        {
            var isFirst = Last == EventStamp.None;
            Last = id;
            return isFirst ? Continuity.First : Continuity.Next;
        }

        if (previous > Last)
        {
            _missing.Add(Last + 1, previous);
            Last = id;
            return Continuity.Gap;
        }

        return _missing.Take(previous + 1, id) ? Continuity.Late : Continuity.Repeat;
    }
}
