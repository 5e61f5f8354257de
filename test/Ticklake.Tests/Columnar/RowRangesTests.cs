using Shouldly;
using Ticklake.Columnar;
using Xunit;

namespace Ticklake.Tests.Columnar;

public sealed class RowRangesTests
{
    [Fact]
    public void Ranges_that_touch_are_one()
    {
        var rows = RowRanges.Of([new(2, 3), new(5, 1), new(6, 0), new(9, 2)]);
        rows.ToString().ShouldBe("2+4 9+2");
        rows.Count.ShouldBe(6);
        rows.End.ShouldBe(11);
    }

    [Fact]
    public void Ranges_out_of_order_are_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => RowRanges.Of([new(5, 2), new(6, 2)]));

    [Fact]
    public void Intersections_and_picks_are_those_of_sets()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var (left, right) = (Some(random), Some(random));
            var ranges = RowRanges.OfRows(left);
            var both = left.Intersect(right).ToList();
            Rows(ranges.Intersect(RowRanges.OfRows(right))).ShouldBe(both, $"seed {seed}");
            var places = Enumerable.Range(0, left.Count).Where(_ => random.Next(3) > 0).ToList();
            Rows(ranges.Pick(places)).ShouldBe(places.Select(place => left[place]), $"seed {seed}");
        }
    }

    static List<int> Some(Random random)
    {
        var odds = random.Next(1, 8);
        return [.. Enumerable.Range(0, random.Next(200)).Where(_ => random.Next(odds) == 0)];
    }

    static List<int> Rows(RowRanges ranges) => [.. ranges.Ranges.SelectMany(x => Enumerable.Range(x.First, x.Count))];
}
