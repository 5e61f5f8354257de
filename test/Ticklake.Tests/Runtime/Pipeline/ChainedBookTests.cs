using Shouldly;
using Ticklake.Core.Books;
using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges;
using Ticklake.Runtime.Pipeline;
using Xunit;

namespace Ticklake.Tests.Runtime.Pipeline;

/// <summary>The cases of binance.md A5.</summary>
public sealed class ChainedBookTests
{
    readonly ChainedBook _book = new(new StreamRules(SequenceRule.FirstDeltaSpansSnapshot, MayCross: false));

    [Fact]
    public void Updates_before_the_snapshot_are_kept_and_joined()
    {
        Update(5, 6, 60).Remedy.ShouldBe(BookRemedy.FetchSnapshot);
        Update(7, 9, 70).Remedy.ShouldBe(BookRemedy.None, "asked for already");
        Snapshot(6, 1).IsNone.ShouldBeTrue();
        Amounts().ShouldBe([1, 70]);
        _book.Trust.Status.ShouldBe(BookStatus.Valid);
        Update(10, 10, 100).IsNone.ShouldBeTrue();
        Amounts().ShouldBe([1, 70, 100]);
    }

    [Theory]
    [InlineData(4, "joins exactly before the first update", 1, 50, 60, 70)]
    [InlineData(5, "straddled", 1, 50, 60, 70)]
    [InlineData(6, "exactly at the end of an update", 1, 60, 70)]
    [InlineData(9, "newer than all", 1)]
    [InlineData(12, "ahead of the stream", 1)]
    public void A_snapshot_joins_where_its_id_says(long id, string why, params int[] amounts)
    {
        Update(5, 6, 50);
        Update(7, 7, 60);
        Update(8, 9, 70);
        Snapshot(id, 1).IsNone.ShouldBeTrue(why);
        Amounts().ShouldBe(amounts, why);
        Update(10, 13, 80).IsNone.ShouldBeTrue();
        Amounts().Last().ShouldBe(80);
        _book.Trust.Status.ShouldBe(BookStatus.Valid);
    }

    [Fact]
    public void A_snapshot_older_than_the_first_update_is_asked_for_again_and_the_updates_stay()
    {
        Update(5, 6, 50);
        Update(7, 7, 60);
        var fault = Snapshot(3, 1);
        (fault.Kind, fault.Expected, fault.Seen, fault.Remedy)
            .ShouldBe((IntegrityKind.StaleSnapshot, 4, 5, BookRemedy.FetchSnapshot));
        _book.Trust.Status.ShouldBe(BookStatus.Empty);
        Snapshot(4, 2).Kind.ShouldBe(IntegrityKind.Resynced);
        Amounts().ShouldBe([2, 50, 60]);
    }

    [Fact]
    public void A_snapshot_before_any_update_joins_the_first_or_is_asked_for_again()
    {
        Snapshot(4, 1).IsNone.ShouldBeTrue();
        _book.Trust.Status.ShouldBe(BookStatus.Valid);
        Update(7, 8, 60).Kind.ShouldBe(IntegrityKind.StaleSnapshot);
        _book.Trust.Status.ShouldBe(BookStatus.Doubted);
        Update(9, 9, 70);
        Snapshot(7, 2).Kind.ShouldBe(IntegrityKind.Resynced, "the update that showed the fault was kept");
        Amounts().ShouldBe([2, 60, 70]);
    }

    [Fact]
    public void A_book_is_built_from_updates_that_another_session_has_recorded()
    {
        _book.ContinueAfter(9);
        Update(5, 6, 60).Kind.ShouldBe(IntegrityKind.Duplicate);
        Update(7, 8, 70).Kind.ShouldBe(IntegrityKind.Duplicate);
        Update(5, 6, 61).Kind.ShouldBe(IntegrityKind.Duplicate, "a repetition of a repetition");
        Snapshot(6, 1).IsNone.ShouldBeTrue();
        Update(9, 9, 90).Kind.ShouldBe(IntegrityKind.Duplicate);
        Update(10, 10, 100).IsNone.ShouldBeTrue();
        Amounts().ShouldBe([1, 70, 90, 100]);
        _book.Trust.Status.ShouldBe(BookStatus.Valid);
    }

    [Fact]
    public void Repeats_alone_do_not_hide_that_a_snapshot_is_needed()
    {
        _book.ContinueAfter(9);
        Update(7, 9, 70);
        Update(10, 10, 100).Remedy.ShouldBe(BookRemedy.FetchSnapshot);
        Update(11, 11, 110).Remedy.ShouldBe(BookRemedy.None, "asked for already");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    public void A_brand_new_symbol_begins_with_its_first_update(long id)
    {
        Update(1, 2, 50);
        _book.Apply(Event(true, EventStamp.None, id), []).IsNone.ShouldBeTrue();
        Amounts().ShouldBe([50]);
        _book.Reset();
        _book.ContinueAfter(EventStamp.None);
        _book.Apply(Event(true, EventStamp.None, id), []).IsNone.ShouldBeTrue();
        Update(900, 901, 60).IsNone.ShouldBeTrue("accept the first event then");
        Amounts().ShouldBe([60]);
    }

    [Fact]
    public void A_hole_doubts_the_book_until_a_new_snapshot()
    {
        Update(1, 2, 10);
        Snapshot(1, 1);
        var fault = Update(5, 6, 50);
        (fault.Kind, fault.FromSeq, fault.ToSeq, fault.Remedy).ShouldBe((IntegrityKind.Gap, 3, 4, BookRemedy.FetchSnapshot));
        _book.Trust.Status.ShouldBe(BookStatus.Doubted);
        Update(7, 7, 60).IsNone.ShouldBeTrue();
        Amounts().ShouldBe([1, 10], "the book stands still");
        Snapshot(6, 3).Kind.ShouldBe(IntegrityKind.Resynced);
        Amounts().ShouldBe([3, 60]);
    }

    [Fact]
    public void A_late_update_that_fills_the_hole_puts_the_book_right()
    {
        Update(1, 2, 10);
        Snapshot(1, 1);
        Update(5, 6, 50);
        Update(7, 7, 60);
        Update(3, 4, 30).Kind.ShouldBe(IntegrityKind.OutOfOrder);
        _book.Trust.Status.ShouldBe(BookStatus.Valid);
        Amounts().ShouldBe([1, 10, 30, 50, 60]);
        Update(3, 4, 30).Kind.ShouldBe(IntegrityKind.Duplicate);
        _book.WasRepeat.ShouldBeTrue();
        Update(8, 8, 80).IsNone.ShouldBeTrue();
        _book.WasRepeat.ShouldBeFalse();
        Amounts().ShouldBe([1, 10, 30, 50, 60, 80]);
    }

    [Fact]
    public void An_answer_that_comes_twice_or_late_changes_nothing()
    {
        Update(1, 5, 10);
        Snapshot(3, 1);
        Snapshot(3, 1).IsNone.ShouldBeTrue();
        Update(6, 7, 60).IsNone.ShouldBeTrue();
        Snapshot(3, 1).IsNone.ShouldBeTrue();
        Update(8, 8, 70).IsNone.ShouldBeTrue();
        Amounts().ShouldBe([1, 10, 60, 70]);
    }

    [Fact]
    public void A_crossed_book_is_asked_for_again()
    {
        Update(1, 1, 10);
        Snapshot(1, 1);
        _book.Apply(Event(false, 2, 2), [Level(BookSide.Ask, 1, 5)]).Kind.ShouldBe(IntegrityKind.Crossed);
        _book.Trust.Status.ShouldBe(BookStatus.Doubted);
        Snapshot(2, 1).Kind.ShouldBe(IntegrityKind.Resynced);
    }

    [Fact]
    public void Any_interleaving_gives_the_book_of_a_naive_model_whenever_it_is_valid()
    {
        const int seed = 11;
        var random = new Random(seed);
        var valid = 0;
        for (var round = 0; round < 500; round++)
        {
            var book = new ChainedBook(new StreamRules(SequenceRule.FirstDeltaSpansSnapshot));
            var history = new List<long[]> { new long[20] };
            var sent = new List<(long First, long Last, BookLevel[] Levels)>();
            for (var i = 0; i < 30; i++)
            {
                var first = history.Count;
                var levels = new List<BookLevel>();
                for (var n = random.Next(1, 4); n > 0; n--)
                {
                    var next = history[^1].ToArray();
                    var price = random.Next(20);
                    next[price] = random.Next(4) * 10;
                    levels.Add(Level(BookSide.Bid, price + 1, next[price]));
                    history.Add(next);
                }

                sent.Add((first, history.Count - 1, [.. levels]));
            }

            long current = -1;
            for (var i = 0; i < sent.Count; i++)
            {
                var deliver = random.Next(12) switch
                {
                    0 => [],
                    1 => [i, i],
                    2 when i + 1 < sent.Count => new[] { i + 1, i, i + 1 },
                    3 when i > 2 => [i, i - 2],
                    _ => new[] { i },
                };
                foreach (var at in deliver)
                {
                    book.Apply(Event(false, sent[at].First, sent[at].Last), sent[at].Levels);
                    current = Math.Max(current, sent[at].Last);
                }

                if (random.Next(6) == 0)
                {
                    var id = random.Next((int)Math.Max(1, current - 8), (int)current + 2);
                    if (id >= 1 && id < history.Count)
                        book.Apply(Event(true, EventStamp.None, id), Levels(history[id]));
                }

                if (book.Trust.Status != BookStatus.Valid || current < 0)
                    continue;
                valid++;
                var held = Levels(history[(int)current]).ToDictionary(x => x.Price, x => x.Amount);
                var own = book.Book.Levels(BookSide.Bid).ToDictionary();
                if (book.AheadOf(current))
                    continue;
                own.ShouldBe(held, ignoreOrder: true, $"seed {seed}, round {round}, update {i}");
            }
        }

        valid.ShouldBeGreaterThan(2000);
    }

    static BookLevel[] Levels(long[] amounts) =>
        [.. amounts.Select((x, i) => Level(BookSide.Bid, i + 1, x)).Where(x => !x.Amount.IsZero)];

    BookFault Update(long first, long last, long amount) =>
        _book.Apply(Event(false, first, last), [Level(BookSide.Bid, 1000 - first, amount)]);

    BookFault Snapshot(long id, long amount) => _book.Apply(Event(true, EventStamp.None, id), [
        Level(BookSide.Bid, 2000, amount), Level(BookSide.Ask, 3000, 1)]);

    int[] Amounts()
    {
        var amounts = new List<int>();
        foreach (ref readonly var level in _book.Book.Levels(BookSide.Bid))
            amounts.Add((int)level.Amount.ToDouble());
        return [.. amounts];
    }

    static BookUpdate Event(bool isSnapshot, long first, long last) =>
        new(EventStamp.Empty, isSnapshot, first, last, EventStamp.None, EventStamp.None);

    static BookLevel Level(BookSide side, long price, long amount) =>
        new(side, ExactDecimal.FromInteger(price), ExactDecimal.FromInteger(amount));
}

static class BookViews
{
    public static Dictionary<ExactDecimal, ExactDecimal> ToDictionary(this BookView<BookLevel> view)
    {
        var levels = new Dictionary<ExactDecimal, ExactDecimal>();
        foreach (ref readonly var level in view)
            levels.Add(level.Price, level.Amount);
        return levels;
    }

    /// <summary>The snapshot is newer than the last update: what it holds is not known from the updates.</summary>
    public static bool AheadOf(this ChainedBook book, long lastUpdate) => book.BookId > lastUpdate;
}
