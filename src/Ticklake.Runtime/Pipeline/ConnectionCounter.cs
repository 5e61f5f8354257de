using System.Globalization;
using Ticklake.Core.Books;
using Ticklake.Core.Events;

namespace Ticklake.Runtime.Pipeline;

/// <summary>
/// Checks the counter that numbers every frame of a connection (Bitfinex, Coinbase): a hole in it is a hole in every stream
/// of the connection, because nothing says whose frames were lost. Session thread only.
/// </summary>
sealed class ConnectionCounter(IntegrityLog log, SessionFeed feed, IReadOnlyList<RowSlot> slots)
{
    readonly ContinuousIds _ids = new();

    public bool IsRunning => _ids.Last != EventStamp.None;

    public void StartAfter(long last) => _ids.StartAfter(last);

    /// <summary>False: the frame is a repetition, nothing more of it counts.</summary>
    public bool Check(long seq, RowSlot? slot)
    {
        var continuity = _ids.Check(seq, seq);
        if (continuity is Continuity.First or Continuity.Next)
            return true;
        var expected = _ids.Expected;
        if (continuity == Continuity.Gap)
        {
            if (slots.Count == 0)
                log.Report(Finding(IntegrityKind.Gap, null, seq) with { FromSeq = expected, ToSeq = seq - 1 }, null);
            foreach (var hurt in slots)
            {
                hurt.State.Doubt();
                log.Report(Finding(IntegrityKind.Gap, hurt, seq) with { FromSeq = expected, ToSeq = seq - 1 }, hurt);
            }

            feed.ReconnectReason = $"sequence gap: expected {expected}, got {seq}";
            return true;
        }

        var isLate = continuity == Continuity.Late;
        var kind = isLate ? IntegrityKind.OutOfOrder : IntegrityKind.Duplicate;
        log.Report(Finding(kind, slot, seq) with { FromSeq = seq, ToSeq = seq }, slot);
        return isLate;
    }

    IntegrityEvent Finding(string kind, RowSlot? slot, long seen) => log.Finding(
        kind,
        slot,
        SequenceRule.PerConnectionCounter.Name,
        _ids.Expected.ToString(CultureInfo.InvariantCulture),
        seen.ToString(CultureInfo.InvariantCulture));
}
