using Shouldly;
using Ticklake.Core.Books;
using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges;
using Ticklake.Runtime.Pipeline;
using Xunit;

namespace Ticklake.Tests.Runtime.Pipeline;

/// <summary>Comparisons of a live book with snapshots taken anywhere in its stream.</summary>
public sealed class BookComparisonTests
{
    const int Seeds = 400;
    const int Levels = 40;

    [Fact]
    public void A_right_book_never_seems_to_drift_wherever_the_snapshot_was_taken()
    {
        var compared = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var found = new Run(seed).Play(alters: false);
            if (found is not { } difference)
                continue;
            compared++;
            difference.Differing.ShouldBe(0, $"seed {seed}: {difference}");
            difference.Levels.ShouldBeGreaterThan(0, $"seed {seed}");
        }

        compared.ShouldBeGreaterThan(Seeds / 2);
    }

    [Fact]
    public void One_wrong_level_within_what_both_vouch_for_is_always_found()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var run = new Run(seed);
            if (run.Play(alters: true) is { } difference)
                difference.Differing.ShouldBe(run.Altered ? 1 : 0, $"seed {seed}: {difference}");
        }
    }

    [Fact]
    public void A_snapshot_older_than_what_was_kept_says_nothing()
    {
        var comparison = new BookComparison(
            "", new UpdateIds(EventStamp.None, 10, EventStamp.None), new StreamRules(SequenceRule.FirstDeltaSpansSnapshot));

        comparison.TryTake(new DepthAnswer(9, EventStamp.None, 0), [Bid(1, 1)]).ShouldBeFalse();
        comparison.IsDue.ShouldBeFalse();
        comparison.TryTake(new DepthAnswer(-1, EventStamp.None, 0), []).ShouldBeFalse("a brand-new symbol");
        comparison.TryTake(new DepthAnswer(10, EventStamp.None, 0), [Bid(1, 1)]).ShouldBeTrue();
        comparison.IsDue.ShouldBeTrue();
    }

    [Fact]
    public void The_engines_number_aligns_books_whose_ids_count_differently()
    {
        var rules = new StreamRules(SequenceRule.ConsecutiveIdsInBand, KeptLevels: 50);
        var live = new ChainedBook(rules);
        live.Apply(new BookUpdate(new EventStamp(500, 0), true, 7, 7, EventStamp.None, EventStamp.None), [Bid(1, 1)]);
        var comparison = new BookComparison("", new UpdateIds(EventStamp.None, 7, EventStamp.None, 500), rules);

        comparison.TryTake(new DepthAnswer(90_001, 505, 0), [Bid(1, 2)]).ShouldBeTrue();
        comparison.IsDue.ShouldBeFalse();
        var update = new BookUpdate(new EventStamp(506, 0), false, 8, 8, EventStamp.None, EventStamp.None);
        live.Apply(update, [Bid(1, 3)]);
        comparison.Follow(update, [Bid(1, 3)]).ShouldBeTrue();

        comparison.IsDue.ShouldBeTrue();
        comparison.Compare(live).ShouldBe(new BookDifference(1, 0, default, default));
    }

    [Fact]
    public void Ids_that_begin_anew_end_a_comparison()
    {
        var comparison = new BookComparison(
            "", new UpdateIds(EventStamp.None, 10, EventStamp.None), new StreamRules(SequenceRule.EachNamesPreviousInBand));

        comparison.Follow(new BookUpdate(EventStamp.Empty, false, EventStamp.None, 3, 10, EventStamp.None), []).ShouldBeFalse();
    }

    static BookLevel Bid(long price, long amount) =>
        new(BookSide.Bid, ExactDecimal.FromInteger(price), ExactDecimal.FromInteger(amount));

    /// <summary>A random market, its stream of differences, and a snapshot of it taken at a random moment.</summary>
    sealed class Run(int seed)
    {
        readonly Random _random = new(seed);
        readonly SortedDictionary<long, long> _bids = new(Comparer<long>.Create((a, b) => b.CompareTo(a)));
        readonly SortedDictionary<long, long> _asks = [];
        readonly ChainedBook _live = new(new StreamRules(SequenceRule.FirstDeltaSpansSnapshot, MayCross: true));
        readonly List<BookLevel> _changes = [];
        long _id = 100;

        /// <summary>A level was altered where the comparison must see it.</summary>
        public bool Altered { get; private set; }

        public BookDifference? Play(bool alters)
        {
            for (var i = 0; i < 3 * Levels; i++)
                Change();
            _changes.Clear();
            var (founded, id) = Snapshot();
            _live.Apply(Stamped(true, EventStamp.None, id), founded);
            for (var i = _random.Next(30); i >= 0; i--)
                Send(null);
            if (alters)
                Alter();
            // Asked for and answered at moments of their own, in whichever order with the stream's messages.
            var comparison = new BookComparison("", new UpdateIds(EventStamp.None, _live.BookId, EventStamp.None), _rules);
            for (var i = _random.Next(4); i > 0; i--)
                Change();
            var (levels, taken) = Snapshot();
            for (var i = _random.Next(6); i > 0; i--)
                Send(comparison);
            comparison.TryTake(new DepthAnswer(taken, EventStamp.None, 0), levels).ShouldBeTrue($"seed {seed}");
            for (var i = 0; i < 4 && !comparison.IsDue; i++)
                Send(comparison);
            return comparison.IsDue ? comparison.Compare(_live) : null;
        }

        readonly StreamRules _rules = new(SequenceRule.FirstDeltaSpansSnapshot, MayCross: true);

        // The best price, which nothing of what follows touches, is vouched for by whatever snapshot.
        void Alter()
        {
            Set(_bids, BookSide.Bid, 1_000_000, 5);
            Send(null);
            _live.Book.Apply(Level(BookSide.Bid, 1_000_000, 6));
            // Only where the book's own snapshot reaches: it has bids at all.
            Altered = true;
        }

        void Send(BookComparison? comparison)
        {
            for (var i = _random.Next(4); i >= 0; i--)
                Change();
            var first = _live.BookId + 1;
            var update = Stamped(false, first, _id);
            _live.Apply(update, [.. _changes]).IsNone.ShouldBeTrue($"seed {seed}");
            comparison?.Follow(update, [.. _changes]).ShouldBeTrue();
            _changes.Clear();
        }

        void Change()
        {
            var isBid = _random.Next(2) == 0;
            var price = isBid ? 500 - _random.Next(200) : 501 + _random.Next(200);
            Set(isBid ? _bids : _asks, isBid ? BookSide.Bid : BookSide.Ask, price, _random.Next(3) == 0 ? 0 : _random.Next(1, 1000));
        }

        void Set(SortedDictionary<long, long> levels, BookSide side, long price, long amount)
        {
            _id++;
            if (amount == 0)
                levels.Remove(price);
            else
                levels[price] = amount;
            _changes.Add(Level(side, price, amount));
        }

        (BookLevel[] Levels, long Id) Snapshot()
        {
            var limit = _random.Next(5, Levels);
            return (
                [
                    .. _bids.Take(limit).Select(l => Level(BookSide.Bid, l.Key, l.Value)),
                    .. _asks.Take(limit).Select(l => Level(BookSide.Ask, l.Key, l.Value)),
                ],
                _id);
        }

        static BookLevel Level(BookSide side, long price, long amount) =>
            new(side, ExactDecimal.FromInteger(price), ExactDecimal.FromInteger(amount));

        static BookUpdate Stamped(bool isSnapshot, long first, long last) =>
            new(new EventStamp(last, EventStamp.None), isSnapshot, first, last, EventStamp.None, EventStamp.None);
    }
}
