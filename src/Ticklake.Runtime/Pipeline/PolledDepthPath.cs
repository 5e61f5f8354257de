using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Runtime.Journal;

namespace Ticklake.Runtime.Pipeline;

/// <summary>
/// The way of order books that are asked for by REST at an interval: each answer becomes rows, and one that is missing a hole.
/// Session thread only.
/// </summary>
sealed class PolledDepthPath(MarketId market, IDepthReader? reader, FrameCursor cursor, IntegrityLog log)
{
    const int OkStatus = 200;

    static readonly StreamTags Tags = new() { Source = RowSource.Rest };

    readonly Dictionary<StreamKey, StreamSlot> _open = [];

    public FrameVerdict Take(in JournalLine answer, IEventWriter writer, IReadOnlyList<RowSlot> slots)
    {
        if (reader is null || answer.Status != OkStatus || !AnswerMark.TryReadPoll(answer.Path, market, out var poll))
            return FrameVerdict.Ignored;
        if (!reader.TryRead(answer.Payload, out var book))
            return FrameVerdict.Malformed;
        if (!_open.TryGetValue(poll.Key, out var slot))
            _open.Add(poll.Key, slot = writer.Open(poll.Key, Tags));
        var rowSlot = slots[slot.Index];
        var last = rowSlot.HasData ? rowSlot.Activity.LastData : rowSlot.State.CoveredUntil;
        if (last is { } time && cursor.Time - time > poll.Patience)
        {
            log.Report(
                log.Finding(
                    rowSlot.HasData ? IntegrityKind.Gap : IntegrityKind.Disconnect,
                    rowSlot,
                    $"an answer every {poll.Every.TotalSeconds:0.###} s",
                    time.ToString(),
                    cursor.Time.ToString()),
                rowSlot);
        }

        var sequence = book.Sequence == EventStamp.None ? book.LastUpdateId : book.Sequence;
        writer.Write(slot, new DepthSnapshot(new EventStamp(sequence, book.TimeUs), book.LastUpdateId), reader.Levels);
        return FrameVerdict.Decoded;
    }
}
