using Shouldly;
using Ticklake.Core.Books;
using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges;
using Ticklake.Runtime.Pipeline;
using Xunit;

namespace Ticklake.Tests.Runtime.Pipeline;

public sealed class RawBookKeeperTests
{
    [Fact]
    public void Orders_are_judged_by_their_checksum_only()
    {
        var keeper = new RawBookKeeper(new StreamRules(SequenceRule.PerConnectionCounter, RawChecksum: _ => 5));
        var order = new BookOrder(1, BookSide.Bid, ExactDecimal.FromInteger(1), ExactDecimal.FromInteger(1), false);
        keeper.Check(new BookChecksum(EventStamp.Empty, 6)).IsNone.ShouldBeTrue();
        keeper.Apply(new RawBookUpdate(EventStamp.Empty, true, EventStamp.None), [order]).IsNone.ShouldBeTrue();
        keeper.Apply(
            new RawBookUpdate(EventStamp.Empty, false, EventStamp.None), [order with { OrderId = 9, IsDelete = true }])
            .IsNone.ShouldBeTrue();
        keeper.UnknownDeletes.ShouldBe(1);
        keeper.Check(new BookChecksum(EventStamp.Empty, 6)).Kind.ShouldBe(IntegrityKind.ChecksumMismatch);
        keeper.Check(new BookChecksum(EventStamp.Empty, 5)).Kind.ShouldBe(IntegrityKind.Resynced);
        keeper.Trust.Doubt();
        keeper.Apply(new RawBookUpdate(EventStamp.Empty, true, EventStamp.None), [order]).Kind.ShouldBe(IntegrityKind.Resynced);
    }
}
