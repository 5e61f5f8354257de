using Shouldly;
using Ticklake.Core.Books;
using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges;
using Ticklake.Runtime.Pipeline;
using Xunit;

namespace Ticklake.Tests.Runtime.Pipeline;

/// <summary>Books whose snapshot comes in band: okx.md 5, bybit.md 5.1, gateio.md 5.1; and binance.md B5 for the join.</summary>
public sealed class ChainedBookInBandTests
{
    [Fact]
    public void The_chain_of_the_documentation_is_whole()
    {
        var book = new ChainedBook(new StreamRules(SequenceRule.EachNamesPreviousInBand));
        Snapshot(book, 10).IsNone.ShouldBeTrue();
        foreach (var (previous, id) in new[] { (10L, 15L), (15, 15), (15, 3), (3, 5) })
            Update(book, id, id, previous).IsNone.ShouldBeTrue();
        book.Trust.Status.ShouldBe(BookStatus.Valid);
        book.BookId.ShouldBe(5);
    }

    [Fact]
    public void A_hole_asks_for_the_stream_again_and_its_snapshot_heals()
    {
        var book = new ChainedBook(new StreamRules(SequenceRule.ConsecutiveIdsInBand));
        Snapshot(book, 100);
        Update(book, 101, 101).IsNone.ShouldBeTrue();
        var fault = Update(book, 103, 103);
        (fault.Kind, fault.Expected, fault.Seen, fault.Remedy).ShouldBe((IntegrityKind.Gap, 102, 103, BookRemedy.Resubscribe));
        Update(book, 104, 104).Remedy.ShouldBe(BookRemedy.None, "asked for already");
        book.Trust.Status.ShouldBe(BookStatus.Doubted);
        Snapshot(book, 1).Kind.ShouldBe(IntegrityKind.Resynced);
        Update(book, 2, 2).IsNone.ShouldBeTrue("the counter began anew with the snapshot");
        book.Trust.Status.ShouldBe(BookStatus.Valid);
    }

    [Fact]
    public void A_late_update_fills_the_hole()
    {
        var book = new ChainedBook(new StreamRules(SequenceRule.EachNamesPreviousInBand));
        Snapshot(book, 10);
        Update(book, 30, 30, 20).Kind.ShouldBe(IntegrityKind.Gap);
        Update(book, 20, 20, 10).Kind.ShouldBe(IntegrityKind.OutOfOrder);
        book.WasHealed.ShouldBeTrue();
        book.Trust.Status.ShouldBe(BookStatus.Valid);
        book.BookId.ShouldBe(30);
    }

    [Fact]
    public void A_book_that_begins_without_its_snapshot_is_told_once()
    {
        var book = new ChainedBook(new StreamRules(SequenceRule.ConsecutiveIdsInBand));
        Update(book, 7, 7).Remedy.ShouldBe(BookRemedy.Resubscribe);
        Update(book, 8, 8).IsNone.ShouldBeTrue();
    }

    [Fact]
    public void An_update_that_counts_anew_without_its_snapshot_is_a_lost_book()
    {
        var book = new ChainedBook(new StreamRules(SequenceRule.ConsecutiveIdsInBand));
        Snapshot(book, 100);
        Update(book, 101, 101);
        var fault = Update(book, 1, 1);
        (fault.Kind, fault.Expected, fault.Seen, fault.Remedy).ShouldBe((IntegrityKind.Gap, 102, 1, BookRemedy.Resubscribe));
        book.WasRepeat.ShouldBeFalse();
        Update(book, 2, 2).IsNone.ShouldBeTrue();
        book.Trust.Status.ShouldBe(BookStatus.Doubted);
        Snapshot(book, 3).Kind.ShouldBe(IntegrityKind.Resynced);
        Update(book, 4, 4).IsNone.ShouldBeTrue();
        Update(book, 4, 4).Kind.ShouldBe(IntegrityKind.Duplicate);
    }

    [Theory]
    [InlineData(104, "inside the first update")]
    [InlineData(99, "named as its previous one")]
    [InlineData(110, "exactly its end")]
    public void A_futures_snapshot_joins_the_update_that_spans_or_names_it(long id, string why)
    {
        var book = new ChainedBook(new StreamRules(SequenceRule.EachNamesPrevious));
        Update(book, 101, 110, 99).Remedy.ShouldBe(BookRemedy.FetchSnapshot);
        Snapshot(book, id).IsNone.ShouldBeTrue(why);
        Update(book, 150, 160, 110).IsNone.ShouldBeTrue(why);
        book.Trust.Status.ShouldBe(BookStatus.Valid, why);
        Update(book, 190, 195, 170).Kind.ShouldBe(IntegrityKind.Gap);
    }

    [Fact]
    public void A_futures_snapshot_older_than_the_stream_is_asked_for_again()
    {
        var book = new ChainedBook(new StreamRules(SequenceRule.EachNamesPrevious));
        Update(book, 101, 110, 99);
        Snapshot(book, 98).Kind.ShouldBe(IntegrityKind.StaleSnapshot);
        book.Trust.Status.ShouldBe(BookStatus.Empty);
    }

    [Fact]
    public void Levels_that_the_stream_does_not_keep_are_forgotten()
    {
        var book = new ChainedBook(new StreamRules(SequenceRule.FirstDeltaSpansSnapshot, KeptLevels: 2));
        Update(book, 5, 5);
        BookLevel[] levels = [.. Enumerable.Range(1, 4).Select(p => Level(BookSide.Ask, p))];
        book.Apply(Ids(EventStamp.None, 4, isSnapshot: true), levels);
        book.Book.Count(BookSide.Ask).ShouldBe(2);
        book.Book[BookSide.Ask, 0].Price.ToString().ShouldBe("1");
    }

    [Fact]
    public void A_whole_book_that_comes_in_band_replaces_one_that_came_by_rest()
    {
        var book = new ChainedBook(new StreamRules(SequenceRule.FirstDeltaSpansSnapshot));
        Update(book, 101, 101);
        Snapshot(book, 100).IsNone.ShouldBeTrue();
        book.Apply(Ids(120, 130, isSnapshot: true), [Level(BookSide.Bid, 7)]).IsNone.ShouldBeTrue();
        book.BookId.ShouldBe(130);
        book.Book.Count(BookSide.Bid).ShouldBe(1);
        Update(book, 131, 131).IsNone.ShouldBeTrue();
        Update(book, 133, 133).Kind.ShouldBe(IntegrityKind.Gap);
        book.Apply(Ids(140, 140, isSnapshot: true), [Level(BookSide.Bid, 8)]).Kind.ShouldBe(IntegrityKind.Resynced);
        Update(book, 141, 142).IsNone.ShouldBeTrue();
        book.Trust.Status.ShouldBe(BookStatus.Valid);
    }

    static BookFault Snapshot(ChainedBook book, long id) => book.Apply(Ids(EventStamp.None, id, isSnapshot: true), [Level(BookSide.Bid, 100)]);

    static BookFault Update(ChainedBook book, long first, long last, long previous = EventStamp.None) =>
        book.Apply(Ids(first, last, previous), [Level(BookSide.Bid, 100)]);

    static BookUpdate Ids(long first, long last, long previous = EventStamp.None, bool isSnapshot = false) =>
        new(EventStamp.Empty, isSnapshot, first, last, previous, EventStamp.None);

    static BookLevel Level(BookSide side, int price) =>
        new(side, new ExactDecimal(price, 0), new ExactDecimal(1, 0));
}
