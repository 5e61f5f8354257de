using Ticklake.Core.Books;
using Ticklake.Core.Events;

namespace Ticklake.Runtime.Pipeline;

/// <summary>The ids of one book update: all that chaining it needs, and the matching engine's number beside them.</summary>
readonly record struct UpdateIds(long First, long Last, long Previous, long Sequence = EventStamp.None)
{
    public static UpdateIds Of(in BookUpdate update) =>
        new(update.FirstUpdateId, update.LastUpdateId, update.PreviousUpdateId, update.Stamp.Seq);
}

/// <summary>How the updates of one book follow each other, by whichever ids its rule goes by. Session thread only.</summary>
/// <param name="chaining">What the ids say.</param>
/// <param name="mayFall">A counter that was reset may have begun at lower ids.</param>
sealed class UpdateChain(Chaining chaining, bool mayFall)
{
    readonly ContinuousIds _continuous = new();
    readonly LinkedIds _linked = new(mayFall);

    bool NamesPrevious => chaining == Chaining.EachNamesPrevious;

    public long Last => NamesPrevious ? _linked.Last : _continuous.Last;

    /// <summary>What the rule asked for at the last <see cref="Check"/>.</summary>
    public long Expected => NamesPrevious ? _linked.Expected : _continuous.Expected;

    /// <summary>The id that was wrong, at the last <see cref="Continuity.Outlier"/>.</summary>
    public long Outlier => NamesPrevious ? _linked.Outlier : _continuous.Outlier;

    /// <summary>The last update leads far ahead of those before it, and none has gone on from there.</summary>
    public bool IsLone => NamesPrevious ? _linked.IsLone : _continuous.IsLone;

    /// <summary>What another session has left unproven stays so.</summary>
    public void ForgetLone()
    {
        _linked.ForgetLone();
        _continuous.ForgetLone();
    }

    public void StartAfter(long id)
    {
        _linked.StartAfter(id);
        _continuous.StartAfter(id);
    }

    public Continuity Check(in UpdateIds ids) =>
        NamesPrevious ? _linked.Check(ids.Previous, ids.Last) : _continuous.Check(ids.First, ids.Last);

    /// <summary>The id by which an update shows that it follows another.</summary>
    public long Seen(in UpdateIds ids) => NamesPrevious ? ids.Previous : ids.First;

    /// <summary>The first id that a gap before this update has swallowed, and the last.</summary>
    public (long From, long To) Hole(in UpdateIds ids) =>
        NamesPrevious ? (Expected, ids.Previous) : (Expected, ids.First - 1);

    /// <summary>Whether the update is the next one of a book that stands at this id.</summary>
    public bool Continues(in UpdateIds ids, long bookId) =>
        NamesPrevious ? ids.Previous == bookId : ids.First <= bookId + 1 && ids.Last > bookId;

    /// <summary>
    /// Whether the update is the first to apply to a snapshot of this id, or lies behind it: there is nothing between.
    /// Binance spot: <c>U &lt;= id + 1 &lt;= u</c>; USD-M: <c>U &lt;= id &lt;= u</c> or <c>pu == id</c> (binance.md A5, B5).
    /// </summary>
    public bool Joins(in UpdateIds ids, long snapshotId) =>
        NamesPrevious ? ids.First <= snapshotId || ids.Previous <= snapshotId : ids.First <= snapshotId + 1;
}
