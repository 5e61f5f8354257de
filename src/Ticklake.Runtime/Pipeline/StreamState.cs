using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Core.Time;
using Ticklake.Exchanges;

namespace Ticklake.Runtime.Pipeline;

/// <summary>
/// What is known of a stream across its sessions: which trades and updates are recorded, its book, and until when it was
/// covered. Sessions of a stream are processed one after the other, so one thread at a time uses it.
/// </summary>
public sealed class StreamState(StreamKey key, StreamRules rules)
{
    public StreamKey Key { get; } = key;

    public StreamRules Rules { get; } = rules;

    /// <summary>The rebuilt book by price, for a stream that has one whose snapshot comes in band.</summary>
    public BookKeeper? Book { get; } =
        key.Channel == Channel.Books && rules.Sequence.Snapshot != Core.Books.SnapshotSource.Rest ? new BookKeeper(rules) : null;

    /// <summary>The rebuilt book whose snapshot is fetched by REST.</summary>
    public BridgedBook? Bridged { get; } =
        key.Channel == Channel.Books && rules.Sequence.Snapshot == Core.Books.SnapshotSource.Rest ? new BridgedBook(rules) : null;

    /// <summary>The rebuilt book by order.</summary>
    public RawBookKeeper? Orders { get; } = key.Channel == Channel.RawBooks ? new RawBookKeeper(rules) : null;

    /// <summary>Trade ids that count up by one.</summary>
    public ContinuousIds? TradeIds { get; } =
        key.Channel == Channel.Trades && rules.Trades == TradeIdRule.Consecutive ? new ContinuousIds() : null;

    /// <summary>Trade ids that are only unique.</summary>
    public RecentIds? RecentTrades { get; } =
        key.Channel == Channel.Trades && rules.Trades == TradeIdRule.Unique ? new RecentIds() : null;

    /// <summary>Highest update id of a stream of best prices, or <see cref="EventStamp.None"/>.</summary>
    public long LastTickerId { get; set; } = EventStamp.None;

    /// <summary>When the last session that carried the stream ended, or null if none has.</summary>
    public TimestampNs? CoveredUntil { get; set; }

    /// <summary>Whether ids of the stream themselves show what a disconnection lost.</summary>
    public bool IsChained => TradeIds is not null || Bridged is not null;

    /// <summary>The book's trustworthiness, for a stream that has a book.</summary>
    public BookStatus BookStatus => Book?.Status ?? Bridged?.Status ?? Orders?.Status ?? BookStatus.Empty;

    /// <summary>The stream's book was doubted and is not proven right yet.</summary>
    public bool OwesProof
    {
        get => Book?.OwesProof ?? Bridged?.OwesProof ?? Orders?.OwesProof ?? false;
        set
        {
            Book?.OwesProof = value;
            Bridged?.OwesProof = value;
            Orders?.OwesProof = value;
        }
    }

    /// <summary>The last book update repeated what is recorded.</summary>
    public bool HadRepeat => Bridged?.WasRepeat ?? Book?.WasRepeat ?? false;

    /// <summary>A new subscription begins: books start with its snapshot, what is recorded stays known.</summary>
    public void BeginSubscription()
    {
        Book?.Reset();
        Orders?.Reset();
    }

    /// <summary>A message of the connection was lost: it may have been this stream's.</summary>
    public void Doubt()
    {
        Book?.Doubt();
        Orders?.Doubt();
    }
}
