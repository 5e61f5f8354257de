using Shouldly;
using Ticklake.Core.Books;
using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges;
using Ticklake.Runtime.Pipeline;
using Xunit;

namespace Ticklake.Tests.Runtime.Pipeline;

public sealed class BookKeeperTests
{
    static readonly StreamRules Rules = new(
        SequenceRule.PerConnectionCounter, Checksum: book => book.Count(BookSide.Bid), MaxLevels: 3, DeletesNameKnownLevels: true);

    readonly BookKeeper _keeper = new(Rules);

    [Fact]
    public void A_lost_message_shows_in_the_levels_where_no_counter_runs()
    {
        Start();
        Apply(3, 1).IsNone.ShouldBeTrue();
        Apply(4, 1).Rule.ShouldBe("a side never holds more levels than subscribed");
        _keeper.Trust.Status.ShouldBe(BookStatus.Doubted);
        Apply(9, 0).IsNone.ShouldBeTrue("it is doubted already");
        Start().Kind.ShouldBe(IntegrityKind.Resynced);
        Apply(9, 0).Rule.ShouldBe("a delete names a level of the book");
        Start();
        Apply(3, 1);
        Apply(1, 1).Kind.ShouldBe(IntegrityKind.Gap, "what led back to the same amount is missing");
    }

    [Fact]
    public void A_repeated_message_is_told_from_a_lost_one()
    {
        Start();
        Apply(2, 5);
        Apply(2, 5).Kind.ShouldBe(IntegrityKind.Duplicate);
        _keeper.WasRepeat.ShouldBeTrue();
        Apply(2, 0).IsNone.ShouldBeTrue();
        _keeper.WasRepeat.ShouldBeFalse();
        Apply(2, 0).Kind.ShouldBe(IntegrityKind.Duplicate);
        _keeper.Trust.Status.ShouldBe(BookStatus.Valid);
    }

    [Fact]
    public void A_counter_proves_more_than_levels_do()
    {
        Start();
        for (var price = 3; price < 9; price++)
            Apply(price, 1, proven: true).IsNone.ShouldBeTrue();
        Apply(100, 0, proven: true).IsNone.ShouldBeTrue();
    }

    [Fact]
    public void A_book_without_its_snapshot_is_reported_once()
    {
        Apply(1, 1).Rule.ShouldBe("a book begins with its snapshot");
        Apply(2, 1).IsNone.ShouldBeTrue();
        _keeper.Reset();
        _keeper.GoOnWithoutSnapshot();
        Apply(1, 1).IsNone.ShouldBeTrue("the snapshot stood in a file that is gone");
    }

    [Fact]
    public void Checksums_doubt_once_and_prove_again()
    {
        Check(7).IsNone.ShouldBeTrue("there is no book yet");
        Start();
        Check(2).IsNone.ShouldBeTrue();
        Check(3).Kind.ShouldBe(IntegrityKind.ChecksumMismatch);
        Check(3).IsNone.ShouldBeTrue();
        Check(2).Kind.ShouldBe(IntegrityKind.Resynced);
        (_keeper.Trust.ChecksumsMatched, _keeper.Trust.ChecksumsMissed).ShouldBe((2, 2));
        _keeper.Trust.Doubt();
        Check(2).Kind.ShouldBe(IntegrityKind.Resynced);
        _keeper.Reset();
        _keeper.Trust.Doubt();
        _keeper.Trust.Status.ShouldBe(BookStatus.Empty);
    }

    BookFault Start() => _keeper.Apply(
        BookUpdate.WithoutIds(EventStamp.Empty, true), [Level(1, 1), Level(2, 1)], false);

    BookFault Apply(long price, long amount, bool proven = false) =>
        _keeper.Apply(BookUpdate.WithoutIds(EventStamp.Empty, false), [Level(price, amount)], proven);

    BookFault Check(int value) => _keeper.Check(new BookChecksum(EventStamp.Empty, value));

    static BookLevel Level(long price, long amount) =>
        new(BookSide.Bid, ExactDecimal.FromInteger(price), ExactDecimal.FromInteger(amount), 1);
}
