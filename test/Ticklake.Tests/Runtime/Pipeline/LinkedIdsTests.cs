using Shouldly;
using Ticklake.Runtime.Pipeline;
using Xunit;

namespace Ticklake.Tests.Runtime.Pipeline;

public sealed class LinkedIdsTests
{
    readonly LinkedIds _ids = new();

    /// <summary>The chain of okx.md 5.2: a change, a keep-alive, a reset, a change.</summary>
    [Fact]
    public void Changes_keepalives_and_resets_follow_each_other()
    {
        _ids.StartAfter(10);
        foreach (var (previous, id) in new[] { (10, 15), (15, 15), (15, 3), (3, 5) })
            _ids.Check(previous, id).ShouldBe(Continuity.Next);
        _ids.Last.ShouldBe(5);
    }

    [Fact]
    public void A_hole_its_late_filling_and_a_repetition_are_told_apart()
    {
        _ids.Check(1, 4).ShouldBe(Continuity.First);
        _ids.Check(9, 12).ShouldBe(Continuity.Gap);
        _ids.Expected.ShouldBe(4);
        _ids.Check(4, 7).ShouldBe(Continuity.Late);
        _ids.Check(7, 9).ShouldBe(Continuity.Late);
        _ids.Check(4, 7).ShouldBe(Continuity.Repeat);
        _ids.Check(12, 20).ShouldBe(Continuity.Next);
        _ids.Check(12, 20).ShouldBe(Continuity.Repeat);
    }

    [Fact]
    public void Where_the_counter_may_be_reset_a_lost_reset_is_a_hole_and_a_repeated_one_is_not()
    {
        var ids = new LinkedIds(mayFall: true);
        ids.StartAfter(10);
        ids.Check(10, 15).ShouldBe(Continuity.Next);
        // 15 -> 3 is lost.
        ids.Check(3, 5).ShouldBe(Continuity.Gap);
        ids.Check(5, 8).ShouldBe(Continuity.Next);
        ids.Check(3, 5).ShouldBe(Continuity.Repeat);
        ids.Check(8, 2).ShouldBe(Continuity.Next, "a reset");
        ids.Check(8, 2).ShouldBe(Continuity.Repeat);
        ids.Check(4, 6).ShouldBe(Continuity.Gap);
        ids.Check(2, 4).ShouldBe(Continuity.Late);
        ids.Check(2, 4).ShouldBe(Continuity.Repeat);
        ids.Check(6, 7).ShouldBe(Continuity.Next);
    }
}
