using Shouldly;
using Ticklake.Runtime.Pipeline;
using Xunit;

namespace Ticklake.Tests.Runtime.Pipeline;

public sealed class ContinuousIdsTests
{
    readonly ContinuousIds _ids = new();

    [Fact]
    public void Ids_are_first_next_missing_late_or_repeated()
    {
        _ids.Check(10, 12).ShouldBe(Continuity.First);
        _ids.Check(13, 13).ShouldBe(Continuity.Next);
        _ids.Check(12, 15).ShouldBe(Continuity.Next, "it begins with ids known already and goes on");
        _ids.Check(20, 22).ShouldBe(Continuity.Gap);
        _ids.Expected.ShouldBe(16);
        _ids.Check(30, 30).ShouldBe(Continuity.Gap);
        _ids.Check(17, 18).ShouldBe(Continuity.Late);
        _ids.Check(17, 18).ShouldBe(Continuity.Repeat);
        _ids.Check(16, 16).ShouldBe(Continuity.Late);
        _ids.Check(25, 25).ShouldBe(Continuity.Late, "of the second hole");
        _ids.Check(30, 30).ShouldBe(Continuity.Repeat);
        _ids.Last.ShouldBe(30);
        _ids.StartAfter(5);
        _ids.Check(17, 18).ShouldBe(Continuity.Gap, "holes are forgotten with the rest");
        _ids.Forget();
        _ids.Check(1, 1).ShouldBe(Continuity.First);
    }

    [Fact]
    public void Single_ids_are_judged_as_by_a_set()
    {
        const int seed = 7;
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var ids = new ContinuousIds();
            var (seen, first, last) = (new HashSet<long>(), -1L, -1L);
            for (var i = 0; i < 60; i++)
            {
                var id = Math.Max(0, last + random.Next(-6, 4));
                var expected = last < 0 ? Continuity.First
                    : id > last + 1 ? Continuity.Gap
                    : id == last + 1 ? Continuity.Next
                    : seen.Contains(id) || id < first ? Continuity.Repeat : Continuity.Late;
                ids.Check(id, id).ShouldBe(expected, $"seed {seed}, round {round}, id {id}");
                seen.Add(id);
                first = first < 0 ? id : first;
                last = Math.Max(last, id);
            }
        }
    }

    [Fact]
    public void Ids_that_are_known_to_exist_may_still_come_late()
    {
        _ids.Check(10, 10);
        _ids.Miss(12);
        _ids.Last.ShouldBe(12);
        _ids.Check(11, 11).ShouldBe(Continuity.Late);
        _ids.Check(13, 13).ShouldBe(Continuity.Next);
        _ids.Check(12, 12).ShouldBe(Continuity.Late);
        _ids.Check(12, 12).ShouldBe(Continuity.Repeat);
    }

    [Fact]
    public void A_million_holes_cost_no_memory()
    {
        for (var i = 0; i < 1000; i++)
            _ids.Check(i * 2, i * 2);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 1000; i < 1_000_000; i++)
            _ids.Check(i * 2, i * 2);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1000);
        _ids.Check(1, 1).ShouldBe(Continuity.Repeat, "declared long ago and forgotten");
        _ids.Check(1_999_997, 1_999_997).ShouldBe(Continuity.Late);
    }
}
