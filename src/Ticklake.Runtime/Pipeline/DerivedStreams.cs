using Ticklake.Core.Books;
using Ticklake.Core.Events;
using Ticklake.Core.Time;
using Ticklake.Stores.Tables;

namespace Ticklake.Runtime.Pipeline;

/// <summary>
/// Makes the rows of a session's derived streams. Best prices are looked at when a whole line has been processed, samples are
/// taken before the first line of a new step of time: both are functions of the journal alone. Session thread only.
/// </summary>
sealed class DerivedStreams(SessionIdentity identity, StreamStates states, FrameCursor cursor, RowWriter rows)
{
    readonly ILookup<Core.Markets.StreamKey, DerivedStream> _wanted = identity.Derived.ToLookup(d => d.Book);
    readonly List<BookWatch> _watches = [];
    readonly List<BookWatch> _touched = [];
    readonly List<SampleClock> _clocks = [];

    /// <summary>The session carries this stream now: what is wanted of its book goes along.</summary>
    public void Attach(RowSlot book)
    {
        if (!_wanted.Contains(book.State.Key))
            return;
        var watch = new BookWatch(book, _touched);
        book.Watch = watch;
        _watches.Add(watch);
        foreach (var wanted in _wanted[book.State.Key])
        {
            var slot = new RowSlot(states.Of(wanted.Key), book.Pair, new StreamActivity(wanted.Key));
            rows.Add(slot);
            rows.SetTags(slot, new StreamTags { Source = RowSource.Book });
            watch.Slots.Add(slot);
            if (wanted.Every == TimeSpan.Zero)
                watch.BestPrices = slot;
            else
                ClockOf(wanted.Every).Members.Add(new BookSamples(watch, slot, wanted.Levels));
        }
    }

    /// <summary>Before a line is processed: the books are as the line before left them.</summary>
    public void BeginLine(TimestampNs time)
    {
        foreach (var clock in _clocks)
        {
            if (!clock.HasMoved(time))
                continue;
            foreach (var samples in clock.Members)
                Sample(samples);
        }
    }

    /// <summary>A line has been processed.</summary>
    public void EndLine()
    {
        foreach (var watch in _touched)
        {
            watch.EndLine();
            if (watch.BestPrices is { } slot && watch.TryTakeNews(out var ticker))
                Write(slot, ticker);
        }

        _touched.Clear();
    }

    /// <summary>The session is over.</summary>
    public void End(TimestampNs time)
    {
        foreach (var slot in _watches.SelectMany(w => w.Slots))
            slot.State.CoveredUntil = time;
    }

    SampleClock ClockOf(TimeSpan step)
    {
        if (_clocks.Find(c => c.Step == step) is { } clock)
            return clock;
        _clocks.Add(new SampleClock(step));
        return _clocks[^1];
    }

    void Write(RowSlot slot, in BookTickerEvent ticker)
    {
        var stamp = cursor.Next();
        if (rows.BatchFor(slot, cursor.LineNumber, cursor.Time) is BookTickerRows batch)
            batch.Add(stamp, ticker);
    }

    void Sample(BookSamples samples)
    {
        var watch = samples.Watch;
        if (!watch.IsSound)
            return;
        var bids = Math.Min(samples.Levels, watch.Book.Count(BookSide.Bid));
        var asks = Math.Min(samples.Levels, watch.Book.Count(BookSide.Ask));
        var stamp = cursor.Next(bids + asks);
        if (bids + asks == 0 || rows.BatchFor(samples.Slot, cursor.LineNumber, cursor.Time) is not DepthRows batch)
            return;
        var snapshot = new DepthSnapshot(watch.Stamp, watch.UpdateId);
        Add(batch, stamp, snapshot, watch.Book.Levels(BookSide.Bid), bids);
        Add(batch, stamp with { RowInFrame = stamp.RowInFrame + bids }, snapshot, watch.Book.Levels(BookSide.Ask), asks);
    }

    static void Add(DepthRows batch, RowStamp stamp, in DepthSnapshot snapshot, BookView<BookLevel> levels, int count)
    {
        var index = 0;
        foreach (ref readonly var level in levels)
        {
            if (index == count)
                return;
            batch.Add(stamp with { RowInFrame = stamp.RowInFrame + index }, snapshot, index, level);
            index++;
        }
    }
}
