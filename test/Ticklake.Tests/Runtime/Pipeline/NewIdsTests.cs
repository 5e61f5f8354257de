using System.Globalization;
using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Pipeline;
using Xunit;

namespace Ticklake.Tests.Runtime.Pipeline;

/// <summary>
/// An exchange that counts anew, or that once sent a number far too high, must not make later rows look like repetitions.
/// </summary>
public sealed class NewIdsTests
{
    const long LongAfter = 20_000;

    readonly PipelineRig _first = new PipelineRig("binance")
        .Receive(PipelineRig.Trade(900), PipelineRig.Best(900), PipelineRig.Depth(900, 900)).End();

    [Fact]
    public void Ids_far_behind_the_last_session_are_recorded_and_declared()
    {
        var second = Next(LongAfter).Receive(PipelineRig.Trade(1), PipelineRig.Best(1), PipelineRig.Depth(1, 1));
        second.Receive(PipelineRig.Trade(2), PipelineRig.Best(2), PipelineRig.Depth(2, 2)).End();

        second.Found.ShouldBe(
            ["gap 1 trades BTCUSDT", "disconnect 2 book_ticker BTCUSDT", "gap 2 book_ticker BTCUSDT", "gap 3 books BTCUSDT"]);
        second.Findings.Where(x => x.Kind == IntegrityKind.Gap).ShouldAllBe(
            x => x.Rule == "ids go on where the last session ended" && x.Expected == "> 900" && x.Seen == "1");
        second.Lines(Channel.Trades).ShouldBe([1, 4]);
        second.Lines(Channel.BookTicker).ShouldBe([2, 5]);
        second.Lines(Channel.Books).Distinct().ShouldBe([3, 6]);
    }

    [Fact]
    public void The_book_joins_its_snapshot_by_the_new_ids()
    {
        var second = Next(LongAfter).Receive(PipelineRig.Depth(1, 1)).Snapshot(1).Receive(PipelineRig.Depth(2, 2));
        second.State(Channel.Books).BookStatus.ShouldBe(BookStatus.Valid);
        second.State(Channel.Books).Chained!.BookId.ShouldBe(2);
    }

    [Fact]
    public void What_comes_at_once_after_a_session_may_be_its_repetition()
    {
        var second = Next(_first.Time + 1000)
            .Receive(PipelineRig.Trade(899), PipelineRig.Best(899), PipelineRig.Depth(899, 899)).End();
        second.Found.ShouldBe(["disconnect 2 book_ticker BTCUSDT"]);
        second.Batches.ShouldAllBe(x => x.Header.Stream.Channel == Channel.Controls || x.Count == 0);
    }

    [Fact]
    public void The_present_best_prices_may_come_again_however_late()
    {
        var second = Next(LongAfter).Receive(PipelineRig.Best(900), PipelineRig.Best(901)).End();
        second.Found.ShouldBe(["disconnect 1 book_ticker BTCUSDT"]);
        second.Lines(Channel.BookTicker).ShouldBe([2]);
    }

    [Fact]
    public void Best_prices_that_begin_at_one_in_the_middle_of_a_session_go_on()
    {
        var rig = new PipelineRig("bybit").Receive(Best(900), Best(901), Best(1), Best(2)).End();
        rig.Found.ShouldBeEmpty();
        rig.Lines(Channel.BookTicker).ShouldBe([1, 2, 3, 4]);

        static string Best(long id) => string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"topic":"orderbook.1.BTCUSDT","type":"snapshot","ts":1,"data":{"s":"BTCUSDT","b":[["10","1"]],"a":[["11","{{{id}}}"]],"u":{{{id}}},"seq":1}}""");
    }

    [Fact]
    public void Where_nobody_says_that_ids_may_begin_at_one_such_best_prices_are_out_of_order()
    {
        var rig = new PipelineRig("binance").Receive(PipelineRig.Best(900), PipelineRig.Best(1), PipelineRig.Best(901)).End();
        rig.Found.ShouldBe(["out_of_order 2 book_ticker BTCUSDT"]);
        rig.Lines(Channel.BookTicker).ShouldBe([1, 2, 3]);
    }

    PipelineRig Next(long time) => new("binance", _first.States, conn: "c2", time: time);
}
