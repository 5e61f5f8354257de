using Ticklake.Core.Books;
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

    /// <summary>The rebuilt book by price, for a stream whose updates carry no ids of their own.</summary>
    public BookKeeper? Book { get; } =
        key.Channel == Channel.Books && rules.Sequence.Chaining == Chaining.None ? new BookKeeper(rules) : null;

    /// <summary>The rebuilt book whose updates are chained by ids.</summary>
    public ChainedBook? Chained { get; } =
        key.Channel == Channel.Books && rules.Sequence.Chaining != Chaining.None ? new ChainedBook(rules) : null;

    /// <summary>The rebuilt book by order.</summary>
    public RawBookKeeper? Orders { get; } = key.Channel == Channel.RawBooks ? new RawBookKeeper(rules) : null;

    /// <summary>Trade ids, or numbers beside them, that count up by one.</summary>
    public ContinuousIds? TradeIds { get; } =
        key.Channel == Channel.Trades && rules.Trades is TradeIdRule.Consecutive or TradeIdRule.ConsecutiveSequence
            ? new ContinuousIds()
            : null;

    /// <summary>Trade ids that are only unique.</summary>
    public RecentIds? RecentTrades { get; } =
        key.Channel == Channel.Trades && rules.Trades is TradeIdRule.Unique or TradeIdRule.ConsecutiveSequence
            ? new RecentIds()
            : null;

    /// <summary>Highest update id of a stream of best prices, or <see cref="EventStamp.None"/>.</summary>
    public long LastTickerId { get; set; } = EventStamp.None;

    /// <summary>When the last session that carried the stream ended, or null if none has.</summary>
    public TimestampNs? CoveredUntil { get; set; }

    /// <summary>Whether ids of the stream themselves show what a disconnection lost.</summary>
    public bool IsChained => Chained is { IsBridged: true }
        || (TradeIds is { } ids && (Rules.Trades == TradeIdRule.Consecutive || ids.Last != EventStamp.None));

    /// <summary>How far the stream's book can be trusted; null for a stream without one.</summary>
    public BookTrust? Trust => Book?.Trust ?? Chained?.Trust ?? Orders?.Trust;

    /// <summary>The book's trustworthiness, for a stream that has a book.</summary>
    public BookStatus BookStatus => Trust?.Status ?? BookStatus.Empty;

    /// <summary>The last book update repeated what is recorded.</summary>
    public bool HadRepeat => Chained?.WasRepeat ?? Book?.WasRepeat ?? false;

    /// <summary>A new subscription begins: books start with its snapshot, what is recorded stays known.</summary>
    public void BeginSubscription()
    {
        Book?.Reset();
        Orders?.Reset();
    }

    /// <summary>A session takes the stream up: the lines of the one before prove nothing to it.</summary>
    public void BeginSession()
    {
        TradeIds?.ForgetLone();
        Chained?.ForgetLone();
    }

    /// <summary>The connection ended without a successor: books begin anew.</summary>
    public void BeginConnection() => Chained?.Reset();

    /// <summary>The snapshot is past: it stood in a journal file that is gone.</summary>
    public void GoOnWithoutSnapshot()
    {
        Book?.GoOnWithoutSnapshot();
        Chained?.GoOnWithoutSnapshot();
    }

    /// <summary>Something that may have been meant for this stream was lost; ids of its own would show it by themselves.</summary>
    public void Doubt()
    {
        Book?.Trust.Doubt();
        Orders?.Trust.Doubt();
    }
}
