using Ticklake.Core.Events;
using Ticklake.Core.Time;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;

namespace Ticklake.Runtime.Pipeline;

/// <summary>One open stream of one session: its state, and the batch its rows go to. Session thread only.</summary>
sealed class RowSlot(StreamState state, string pair, StreamActivity activity)
{
    public StreamState State { get; } = state;

    public string Pair { get; } = pair;

    public StreamActivity Activity { get; } = activity;

    public StreamTags Tags { get; set; } = StreamTags.Empty;

    public RowBatch? Batch { get; set; }

    public BatchHeader? Header { get; set; }

    /// <summary>Executed trades that wait for their confirmation.</summary>
    public TradeConfirmations? Confirmations { get; init; }

    /// <summary>The latest trade time of the subscription's snapshot, or null before it.</summary>
    public long? SnapshotUntilUs { get; set; }

    /// <summary>The latest trade by the exchange's last word about it, or <see cref="EventStamp.None"/>.</summary>
    public long AnnouncedTrade { get; set; } = EventStamp.None;

    public bool HasData { get; set; }

    /// <summary>The comparison with the exchange's own book that is under way, or null.</summary>
    public BookComparison? Comparison { get; set; }

    /// <summary>The book by this session's lines alone, while the live one still is that of the session before; or null.</summary>
    public OwnBook? Own { get; set; }

    /// <summary>The matching engine's number of the last update in the book, or <see cref="EventStamp.None"/>.</summary>
    public long BookSequence { get; set; } = EventStamp.None;

    /// <summary>Watches the stream's book for streams derived from it, or null.</summary>
    public BookWatch? Watch { get; set; }

    /// <summary>The recorder wants it no more; what still comes was on its way.</summary>
    public bool IsGivenUp { get; set; }

    /// <summary>Follows best prices whose ids lie behind the highest.</summary>
    public LoneIds Behind { get; } = new();

    /// <summary>
    /// Whether the id had been recorded when this session took the stream up: two sessions side by side bring the same
    /// messages, which is no fault.
    /// </summary>
    public bool IsOverlap(long id) => id <= _knownId;

    /// <summary>Whether a message of this time may have been recorded by the session before this one.</summary>
    public bool IsOverlap(TimestampNs time) => State.CoveredUntil is { } until && time - until <= OverlapGrace;

    /// <summary>
    /// Whether the id lies behind what earlier sessions recorded although none of them can have brought this message: the
    /// exchange has begun to count anew (or what it sent before was wrong), and these are no repetitions.
    /// </summary>
    public bool HasBegunAnew(long id, long last, TimestampNs time) =>
        !HasNews && last != EventStamp.None && id <= last && !IsOverlap(time);

    /// <summary>Ids are compared with this session's own from now on.</summary>
    public void ForgetKnownIds() => _knownId = EventStamp.None;

    /// <summary>Trades whose confirmation has come, to know its repetition.</summary>
    public RecentIds? Confirmed { get; init; }

    /// <summary>Trades whose confirmation came before they did.</summary>
    public HashSet<TradeId> Unexecuted { get; } = [];

    /// <summary>
    /// Something has come that no earlier session had. Until then repetitions are what a new connection brings by nature.
    /// </summary>
    public bool HasNews { get; set; }

    /// <summary>The next batch begins a new journal range: rows before it are missing from the store or sealed already.</summary>
    public bool StartsRange { get; set; } = true;

    /// <summary>Lines of the present journal file whose rows are sealed already; ascending, disjoint.</summary>
    public IReadOnlyList<LineRange> Sealed { get; set; } = [];

    /// <summary>Holes found since the last batch was handed over.</summary>
    public List<GapMark> PendingGaps { get; } = [];

    public int PendingChecksumsOk { get; set; }

    public int PendingChecksumsMismatched { get; set; }

    /// <summary>Rows of <c>controls</c> of the present journal file that batches have taken, or that do not concern it.</summary>
    public int ControlsTaken { get; set; }

    /// <summary>Something was found that no batch has taken yet.</summary>
    public bool HasFindings => PendingGaps.Count > 0 || PendingChecksumsOk > 0 || PendingChecksumsMismatched > 0;

    // Two connections deliver the same message at moments that differ by this at most.
    static readonly TimeSpan OverlapGrace = TimeSpan.FromSeconds(5);

    long _knownId = state.TradeIds?.Last ?? state.Chained?.LastUpdateId ?? state.LastTickerId;

    /// <summary>Rows of the last batch: the next one is likely to be as large.</summary>
    public int ExpectedRows { get; set; } = 256;

    /// <summary>When the batch's first row was added.</summary>
    public TimestampNs BatchSince { get; set; }

    /// <summary>
    /// Gives the batch what was found while it filled. A hole behind its last row belongs to the next batch: a recovery that
    /// finds this one sealed would otherwise declare the hole a second time.
    /// </summary>
    public void AttachFindings(RowBatch batch, long throughLine)
    {
        foreach (var gap in PendingGaps)
        {
            if (gap.Line <= throughLine)
                batch.AddGap(gap);
        }

        PendingGaps.RemoveAll(gap => gap.Line <= throughLine);
        batch.ChecksumsOk += PendingChecksumsOk;
        batch.ChecksumsMismatched += PendingChecksumsMismatched;
        (PendingChecksumsOk, PendingChecksumsMismatched) = (0, 0);
    }

    public void BeginFile(IReadOnlyList<LineRange> sealedLines)
    {
        Sealed = sealedLines;
        Header = null;
        StartsRange = true;
        ControlsTaken = 0;
    }

    /// <summary>Whether rows of this line are in a sealed segment, and what was found there in its manifest.</summary>
    public bool IsSealed(long line)
    {
        var (from, to) = (0, Sealed.Count);
        while (from < to)
        {
            var middle = (from + to) / 2;
            if (Sealed[middle].Last < line)
                from = middle + 1;
            else
                to = middle;
        }

        return from < Sealed.Count && Sealed[from].First <= line;
    }
}
