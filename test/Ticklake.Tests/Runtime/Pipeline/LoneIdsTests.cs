using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Pipeline;
using Xunit;

namespace Ticklake.Tests.Runtime.Pipeline;

/// <summary>One id far too high must not make what follows look late or repeated (docs/adr/0013-lone-ids.md).</summary>
public sealed class LoneIdsTests
{
    const long Far = 5_000_000_000_000;

    readonly ContinuousIds _ids = new();

    [Fact]
    public void After_three_that_count_on_from_before_it_the_far_one_is_the_outlier()
    {
        Check(10, 11, Far, 12, 13).ShouldBe("First Next Gap Late Late");
        Check(14).ShouldBe("Outlier");
        (_ids.Outlier, _ids.Expected, _ids.Last).ShouldBe((Far, 14, 14));
        Check(15, 16, 18, 17).ShouldBe("Next Next Gap Late");
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MaxValue - 1)]
    [InlineData(2_000)]
    public void However_far_it_is(long id) => Check(10, id, 11, 12, 13, 14).ShouldBe("First Gap Late Late Outlier Next");

    [Fact]
    public void A_counter_that_goes_on_from_there_has_jumped()
    {
        Check(10, Far, Far + 1, 11, 12, 13, 14).ShouldBe("First Gap Next Late Late Late Late");
        _ids.Last.ShouldBe(Far + 1);
    }

    [Fact]
    public void What_is_merely_early_is_none() =>
        Check(10, 500, 11, 12, 13, 14, 501).ShouldBe("First Gap Late Late Late Late Next");

    [Fact]
    public void Those_that_do_not_follow_each_other_prove_nothing()
    {
        Check(10, Far, 11, 15, 13, 20, 17).ShouldBe("First Gap Late Late Late Late Late");
        Check(Far + 1).ShouldBe("Next");
    }

    [Fact]
    public void Holes_behind_it_stay_holes()
    {
        Check(10, Far, 11, 12, 15, 16, 17).ShouldBe("First Gap Late Late Late Late Outlier");
        Check(14, 18, 13, 13).ShouldBe("Late Next Late Repeat");
    }

    [Fact]
    public void Several_in_a_row_are_outliers_together() =>
        Check(10, Far, Far * 2, 11, 12, 13, 14).ShouldBe("First Gap Gap Late Late Outlier Next");

    [Fact]
    public void An_event_that_claims_to_hold_more_than_any_is_one()
    {
        _ids.Check(1, 10);
        _ids.Check(11, Far).ShouldBe(Continuity.Next);
        _ids.Check(16, 20).ShouldBe(Continuity.Late);
        _ids.Check(21, 25).ShouldBe(Continuity.Late);
        _ids.Check(26, 30).ShouldBe(Continuity.Outlier);
        _ids.Check(31, 35).ShouldBe(Continuity.Next);
    }

    [Fact]
    public void A_word_about_a_trade_far_ahead_is_one()
    {
        Check(10);
        _ids.Miss(Far);
        Check(11, 12, 13, 14).ShouldBe("Late Late Outlier Next");
    }

    [Fact]
    public void Another_sessions_messages_prove_nothing()
    {
        Check(10, Far, 11, 12);
        _ids.ForgetLone();
        Check(13, 14, 15).ShouldBe("Late Late Late");
    }

    [Theory]
    [InlineData(15, 15)]
    [InlineData(Far - 1, 15)]
    public void Updates_that_name_the_one_before_go_on_from_before_it(long previous, long last)
    {
        var ids = new LinkedIds();
        ids.Check(10, last);
        ids.Check(previous, Far);
        ids.Check(20, 25).ShouldBe(Continuity.Late);
        ids.Check(25, 32).ShouldBe(Continuity.Late);
        ids.Check(32, 33).ShouldBe(Continuity.Outlier);
        ids.Outlier.ShouldBe(Far);
        ids.Check(33, 40).ShouldBe(Continuity.Next);
        ids.Check(33, 40).ShouldBe(Continuity.Repeat);
    }

    [Fact]
    public void A_counter_shared_by_all_contracts_may_jump()
    {
        var ids = new LinkedIds();
        ids.Check(10, 15);
        ids.Check(15, 9_000_000_000);
        ids.Check(20, 25).ShouldBe(Continuity.Repeat);
    }

    [Fact]
    public void Every_trade_is_kept_and_the_outlier_declared()
    {
        var rig = new PipelineRig("binance").Receive([.. new[] { 1, 2, Far, 3, 4, 5, 6, 7 }.Select(id => PipelineRig.Trade(id))]);
        rig.End();
        rig.Lines(Channel.Trades).ShouldBe([1, 2, 3, 4, 5, 6, 7, 8]);
        rig.Found.ShouldBe(
        [
            "gap 3 trades BTCUSDT", "out_of_order 4 trades BTCUSDT", "out_of_order 5 trades BTCUSDT", "outlier 6 trades BTCUSDT",
        ]);
        (rig.Findings[^1].FromSeq, rig.Findings[^1].Expected, rig.Findings[^1].Seen).ShouldBe((Far, "5", Far.ToString(null, null)));
    }

    [Fact]
    public void Best_prices_go_on_behind_it()
    {
        var rig = new PipelineRig("binance").Receive(
            [.. new[] { 10, 20, Far, 30, 40, 50, 60, 60 }.Select(id => PipelineRig.Best(id))]);
        rig.End();
        rig.Lines(Channel.BookTicker).ShouldBe([1, 2, 3, 4, 5, 6, 7]);
        rig.Found.ShouldBe(
        [
            "out_of_order 4 book_ticker BTCUSDT", "out_of_order 5 book_ticker BTCUSDT", "out_of_order 6 book_ticker BTCUSDT",
            "outlier 6 book_ticker BTCUSDT", "duplicate 8 book_ticker BTCUSDT",
        ]);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(Far - 1)]
    public void A_book_keeps_its_updates_and_joins_a_new_snapshot(long firstOfOutlier)
    {
        var rig = new PipelineRig("binance").Receive(PipelineRig.Depth(1, 5)).Snapshot(3);
        var ids = new[] { (firstOfOutlier, Far), (11, 15), (16, 20), (21, 25), (26, 30) };
        foreach (var (first, last) in ids)
        {
            rig.Receive(PipelineRig.Depth(first, last));
            if (first == 11)
                rig.State(Channel.Books).BookStatus.ShouldNotBe(BookStatus.Valid, "what the book stands at cannot be right");
        }

        rig.Findings[^1].Kind.ShouldBe(IntegrityKind.Outlier);
        rig.Pipeline.Feed.Remedies[^1].Remedy.ShouldBe(BookRemedy.FetchSnapshot);
        rig.Snapshot(22).Receive(PipelineRig.Depth(31, 35)).End();
        rig.State(Channel.Books).BookStatus.ShouldBe(BookStatus.Valid);
        rig.State(Channel.Books).Chained!.BookId.ShouldBe(35);
        rig.Lines(Channel.Books).Distinct().ShouldBe([1, 2, 3, 4, 5, 6, 7, 8, 9]);
        rig.Found.Count(x => x.StartsWith("duplicate", StringComparison.Ordinal)).ShouldBe(0);
    }

    string Check(params long[] ids) => string.Join(' ', ids.Select(id => _ids.Check(id, id)));
}
