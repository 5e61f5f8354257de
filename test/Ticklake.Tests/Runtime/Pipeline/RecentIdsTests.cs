using Shouldly;
using Ticklake.Core.Events;
using Ticklake.Runtime.Pipeline;
using Xunit;

namespace Ticklake.Tests.Runtime.Pipeline;

public sealed class RecentIdsTests
{
    [Fact]
    public void The_last_ids_are_known_and_older_ones_forgotten()
    {
        var ids = new RecentIds(100);
        for (var i = 0; i < 250; i++)
            ids.Add(TradeId.Of(i)).ShouldBeTrue();
        ids.Add(TradeId.Of(150)).ShouldBeFalse();
        ids.Contains(TradeId.Of(149)).ShouldBeFalse();
        ids.All().ShouldBe(Enumerable.Range(150, 100).Select(x => TradeId.Of(x)));
    }
}
