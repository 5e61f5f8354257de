using Shouldly;
using Ticklake.Stores.Segments;
using Xunit;

namespace Ticklake.Tests.Stores.Segments;

public sealed class SegmentRotationTests
{
    const long Minute = 60_000_000;

    [Theory]
    [InlineData(24 * 60, 24 * 60, -480, 960, "day")]
    [InlineData(24 * 60, 60, 0, 60, "hour")]
    [InlineData(60, 24 * 60, 0, 60, "hour")]
    [InlineData(60, 15, 15, 30, "age")]
    public void A_span_ends_at_the_nearer_of_boundary_and_age(
        int boundary, int rotate, int start, int end, string reason)
    {
        var rotation = new SegmentRotation(TimeSpan.FromMinutes(boundary), TimeSpan.FromMinutes(rotate));

        var span = rotation.SpanOf(SampleRows.Morning + (20 * Minute));

        span.ShouldBe(new SegmentSpan(SampleRows.Morning + (start * Minute), SampleRows.Morning + (end * Minute)));
        rotation.EndReason.ShouldBe(reason);
    }

    [Fact]
    public void Spans_meet_without_overlap()
    {
        var rotation = new SegmentRotation(TimeSpan.FromHours(1), TimeSpan.FromMinutes(25));
        var at = SampleRows.Morning - (7 * Minute);
        for (var i = 0; i < 100; i++)
        {
            var span = rotation.SpanOf(at);
            span.Contains(at).ShouldBeTrue();
            rotation.SpanOf(span.EndUs - 1).ShouldBe(span);
            rotation.SpanOf(span.EndUs).StartUs.ShouldBe(span.EndUs);
            at = span.EndUs;
        }
    }

    [Fact]
    public void Times_before_the_epoch_have_spans_too() =>
        new SegmentRotation(TimeSpan.FromHours(1), TimeSpan.FromHours(1)).SpanOf(-1)
            .ShouldBe(new SegmentSpan(-SampleRows.Hour, 0));
}
