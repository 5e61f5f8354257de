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
}
