using Shouldly;
using Ticklake.Core.Books;
using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges;
using Ticklake.Runtime.Pipeline;
using Xunit;

namespace Ticklake.Tests.Runtime.Pipeline;

/// <summary>Books of which every message is whole (upbit.md 5): the exchange's clock is all that orders them.</summary>
public sealed class WholeBookTests
{
    readonly BookKeeper _keeper = new(new StreamRules(SequenceRule.EveryMessageIsWhole));

    [Fact]
    public void Each_message_replaces_the_book()
    {
        Apply(100, 1).IsNone.ShouldBeTrue();
        Apply(200, 2).IsNone.ShouldBeTrue();
        Apply(200, 3).IsNone.ShouldBeTrue("one instant may have two books, the later one counts");
        (_keeper.WasRepeat, Price()).ShouldBe((false, 3));
    }

    [Fact]
    public void An_older_book_is_late_and_changes_nothing()
    {
        Apply(200, 2);
        var fault = Apply(100, 1);
        (fault.Kind, fault.Expected, fault.Seen, fault.Remedy).ShouldBe((IntegrityKind.OutOfOrder, 200, 100, BookRemedy.None));
        (_keeper.WasRepeat, Price()).ShouldBe((true, 2));
        Apply(300, 3).IsNone.ShouldBeTrue();
        _keeper.WasRepeat.ShouldBeFalse();
    }

    [Fact]
    public void The_same_book_again_is_no_news_and_no_fault()
    {
        Apply(100, 1);
        Apply(100, 1).IsNone.ShouldBeTrue();
        _keeper.WasRepeat.ShouldBeTrue();
    }

    [Fact]
    public void A_new_connection_may_begin_with_an_older_book()
    {
        Apply(200, 2);
        _keeper.Reset();
        Apply(100, 1).IsNone.ShouldBeTrue();
        (_keeper.WasRepeat, Price()).ShouldBe((false, 1));
    }

    [Fact]
    public void A_doubted_book_is_proven_by_the_next_message_even_the_same()
    {
        Apply(100, 1);
        _keeper.Trust.Doubt();
        Apply(100, 1).Kind.ShouldBe(IntegrityKind.Resynced);
        _keeper.WasRepeat.ShouldBeFalse();
    }

    [Fact]
    public void Without_a_time_every_book_counts()
    {
        Apply(200, 2);
        Apply(EventStamp.None, 1).IsNone.ShouldBeTrue();
        Price().ShouldBe(1);
    }

    BookFault Apply(long time, long price) => _keeper.Apply(
        BookUpdate.WithoutIds(new EventStamp(EventStamp.None, time), isSnapshot: true),
        [new BookLevel(BookSide.Bid, ExactDecimal.FromInteger(price), ExactDecimal.FromInteger(1))],
        proven: false);

    int Price()
    {
        var price = 0;
        foreach (ref readonly var level in _keeper.Book.Levels(BookSide.Bid))
            price = (int)level.Price.ToDouble();
        return price;
    }
}
