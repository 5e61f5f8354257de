using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Pipeline;
using Ticklake.Stores.Segments;
using Xunit;
using static Ticklake.Tests.Runtime.Pipeline.PipelineRig;

namespace Ticklake.Tests.Runtime.Pipeline;

public sealed class MarketPipelineTests
{
    const string Conf = """{"event":"conf","status":"OK","flags":65536}""";
    const string ConfWithChecksums = """{"event":"conf","status":"OK","flags":196608}""";
    const string Ticker = """{"event":"subscribed","channel":"ticker","chanId":1,"symbol":"tBTCUSD","pair":"BTCUSD"}""";
    const string Book =
        """{"event":"subscribed","channel":"book","chanId":2,"symbol":"tXRPBTC","prec":"P0","freq":"F0","len":"25","pair":"XRPBTC"}""";
    const string Trades = """{"event":"subscribed","channel":"trades","chanId":3,"symbol":"tBTCUSD","pair":"BTCUSD"}""";

    [Fact]
    public void A_hole_in_the_counter_is_a_hole_in_every_open_stream()
    {
        var rig = new PipelineRig("bitfinex").Receive(Conf, Ticker, Book, Beat(1, 1), Beat(2, 2), Beat(1, 5), Beat(1, 6));
        rig.Found.ShouldBe(["gap 6 ticker tBTCUSD", "gap 6 books_len25 tXRPBTC"]);
        rig.Findings.ShouldAllBe(x => x.FromSeq == 3 && x.ToSeq == 4 && x.Expected == "3" && x.Seen == "5");
        rig.Pipeline.Feed.ReconnectReason.ShouldNotBeNull();
    }

    [Fact]
    public void A_counter_that_does_not_begin_at_one_has_lost_its_beginning() => new PipelineRig("bitfinex")
        .Receive(Conf, Beat(1, 2), Ticker, Beat(1, 4)).Found.ShouldBe(
            ["gap 2", "gap 4 ticker tBTCUSD"], "the first is the connection's: no stream was open");

    [Fact]
    public void A_repeated_frame_is_left_out_and_declared()
    {
        var rig = new PipelineRig("bitfinex").Receive(Conf, Trades, "[3,[],1]", Te(7, 2), Te(7, 2), Te(8, 3)).End();
        rig.Found.ShouldBe(["duplicate 5 trades tBTCUSD"]);
        rig.Lines(Channel.Trades).ShouldBe([4, 6]);
    }

    [Fact]
    public void Swapped_frames_are_a_hole_and_then_out_of_order()
    {
        var rig = new PipelineRig("bitfinex").Receive(Conf, Trades, "[3,[],1]", Te(8, 3), Te(7, 2), Te(9, 4)).End();
        rig.Found.ShouldBe(["gap 4 trades tBTCUSD", "out_of_order 5 trades tBTCUSD"]);
        rig.Lines(Channel.Trades).ShouldBe([4, 5, 6]);
    }

    [Fact]
    public void A_wrong_checksum_is_found_once_and_its_end_told()
    {
        const string snapshot = "[2,[[0.0000011,12,266122.94],[0.0000012,1,-5]],1]";
        var rig = new PipelineRig("bitfinex").Receive(ConfWithChecksums, Book, snapshot, "[2,\"cs\",1,2]", "[2,\"cs\",1,3]");
        var own = rig.Findings.Single().Seen;
        rig.Receive($"[2,\"cs\",{own},4]", $"[2,\"cs\",{own},5]");
        rig.Found.ShouldBe(["checksum_mismatch 4 books_len25 tXRPBTC", "resynced 6 books_len25 tXRPBTC"]);
        rig.Findings[0].Expected.ShouldBe("1");
        rig.Pipeline.Feed.Remedies.Single().Remedy.ShouldBe(BookRemedy.Resubscribe);
        rig.End();
        var batch = rig.Batches.Single(x => x.Header.Stream.Channel == Channel.Books);
        (batch.ChecksumsOk, batch.ChecksumsMismatched, batch.Gaps.Single().Line).ShouldBe((2, 2, 4L));
    }

    [Fact]
    public void A_confirmation_is_folded_into_its_trade_and_its_repetition_found()
    {
        var rig = new PipelineRig("bitfinex").Receive(
            Trades, "[3,[[6,900,1,10.5]]]", Trade("te", 7), Trade("tu", 7), Trade("tu", 7), Trade("te", 7), Trade("tu", 8), Trade("te", 8)).End();
        rig.Found.ShouldBe([
            "duplicate 5 trades tBTCUSD", "duplicate 6 trades tBTCUSD", "gap 7 trades tBTCUSD", "out_of_order 8 trades tBTCUSD"]);
        rig.Lines(Channel.Trades).ShouldBe([2, 3, 7]);
    }

    [Fact]
    public void A_pause_between_sessions_is_a_hole_where_no_ids_tell()
    {
        var first = new PipelineRig("bitfinex").Receive(Ticker, Tick(1), Tick(2)).End();
        var second = new PipelineRig("bitfinex", first.States, conn: "c2", time: 5000).Receive(Ticker, Tick(3));
        second.Found.ShouldBe(["disconnect 2 ticker tBTCUSD"]);
        var binance = new PipelineRig("binance").Receive(PipelineRig.Trade(1), PipelineRig.Trade(2)).End();
        new PipelineRig("binance", binance.States, conn: "c2", time: 5000).Receive(PipelineRig.Trade(3)).Found.ShouldBe([]);
        new PipelineRig("binance", binance.States, conn: "c3", time: 9000).Receive(PipelineRig.Trade(6)).Found
            .ShouldBe(["gap 1 trades BTCUSDT"]);
    }

    [Fact]
    public void A_reconnect_repeats_no_trade_of_the_snapshot()
    {
        var first = new PipelineRig("bitfinex").Receive(Trades, "[3,[]]", Trade("te", 7), Trade("tu", 7)).End();
        var second = new PipelineRig("bitfinex", first.States, conn: "c2", time: 2000)
            .Receive(Trades, "[3,[[8,900,1,10.5],[7,900,1,10.5]]]", Trade("te", 9)).End();
        second.Findings.ShouldAllBe(x => x.Kind == IntegrityKind.Disconnect);
        second.Lines(Channel.Trades).ShouldBe([2, 3]);
    }

    [Fact]
    public void A_session_that_follows_goes_on_where_the_one_before_ended()
    {
        var first = new PipelineRig("binance");
        first.Receive(Depth(1, 2)).Snapshot(1).Receive(Depth(3, 4), PipelineRig.Trade(5), Best(8)).End();
        var second = new PipelineRig("binance", first.States, follows: "c1", conn: "c2");
        second.Receive(Depth(1, 2), Depth(3, 4), Depth(5, 5, "[\"10\",\"9\"]"), PipelineRig.Trade(4), PipelineRig.Trade(5),
            PipelineRig.Trade(6), Best(8), Best(9)).End();
        second.Found.ShouldBe([]);
        second.Lines(Channel.Books).ShouldBe([3, 3]);
        second.Lines(Channel.Trades).ShouldBe([6]);
        second.Lines(Channel.BookTicker).ShouldBe([8]);
        second.State(Channel.Books).BookStatus.ShouldBe(BookStatus.Valid);
    }

    [Fact]
    public void A_repetition_after_something_new_is_a_fault()
    {
        var rig = new PipelineRig("binance").Receive(Depth(1, 2), Depth(1, 2), PipelineRig.Trade(1), PipelineRig.Trade(1), Best(1), Best(1)).End();
        rig.Found.ShouldBe(["duplicate 2 books BTCUSDT", "duplicate 4 trades BTCUSDT", "duplicate 6 book_ticker BTCUSDT"]);
        rig.Lines(Channel.Books).ShouldBe([1, 1]);
    }

    [Fact]
    public void Another_session_of_the_market_keeps_its_books()
    {
        var first = new PipelineRig("binance").Receive(Depth(1, 2)).Snapshot(1);
        new PipelineRig("binance", first.States, conn: "c2").Receive(PipelineRig.Trade(1, "ethusdt"));
        first.State(Channel.Books).BookStatus.ShouldBe(BookStatus.Valid);
    }

    [Fact]
    public void Rows_of_sealed_lines_are_left_out_and_begin_a_new_range()
    {
        var rig = new PipelineRig("binance");
        rig.BeginFile("f", key => key.Channel == Channel.Trades ? [new LineRange(2, 3)] : []);
        for (var id = 1; id < 6; id++)
            rig.Receive(PipelineRig.Trade(id));
        rig.End();
        rig.Lines(Channel.Trades).ShouldBe([1, 4, 5]);
        rig.Batches.Where(x => x.Header.Stream.Channel == Channel.Trades).Select(x => (x.FirstLine, x.StartsRange))
            .ShouldBe([(1, true), (4, true)]);
    }

    [Fact]
    public void A_hole_in_sealed_lines_is_not_declared_by_the_next_segment()
    {
        var rig = new PipelineRig("binance");
        rig.BeginFile("f", key => key.Channel == Channel.Trades ? [new LineRange(1, 2)] : []);
        rig.Receive(PipelineRig.Trade(1), PipelineRig.Trade(5), PipelineRig.Trade(6)).End();
        rig.Batches.Single(x => x.Header.Stream.Channel == Channel.Trades).Gaps.ShouldBeEmpty();
    }

    [Fact]
    public void A_new_journal_file_changes_no_row()
    {
        var whole = new PipelineRig("binance");
        var cut = new PipelineRig("binance");
        foreach (var rig in new[] { whole, cut })
        {
            rig.Receive(Depth(1, 2)).Snapshot(1).Receive(PipelineRig.Trade(1));
            if (rig == cut)
                rig.BeginFile("c1-2");
            rig.Receive(Depth(3, 4), PipelineRig.Trade(2), PipelineRig.Trade(4)).End();
        }

        cut.Findings.Select(x => (x.Kind, x.Expected)).ShouldBe(whole.Findings.Select(x => (x.Kind, x.Expected)));
        cut.Batches.SelectMany(x => x.RecvUs.ToArray()).Order().ShouldBe(whole.Batches.SelectMany(x => x.RecvUs.ToArray()).Order());
        cut.Batches.Select(x => x.Header.SourceFile).Distinct().ShouldBe(["c1-1", "c1-2"]);
    }

    [Fact]
    public void A_session_whose_first_file_is_gone_is_restored_from_the_context()
    {
        var whole = new PipelineRig("bitfinex").Receive(Conf, Book, "[2,[[10,1,1]],1]");
        var rest = new PipelineRig("bitfinex");
        foreach (var context in whole.Pipeline.Context())
            rest.Pipeline.Restore(context);
        rest.Receive("[2,[11,1,1],2]", "[2,[12,1,1],3]").End();
        rest.Found.ShouldBe([]);
        rest.Batches.Single().Header.ConfFlags.ShouldBe(65536);
        rest.Batches.Single().Count.ShouldBe(2);
    }

    [Fact]
    public void A_frame_that_cannot_be_read_disturbs_no_other()
    {
        var rig = new PipelineRig("binance").Receive(PipelineRig.Trade(1), "{\"stream\":\"btcusdt@tra", "[[[", "", PipelineRig.Trade(2)).End();
        rig.Found.ShouldBe(["quarantined 2", "quarantined 3", "quarantined 4"]);
        rig.Lines(Channel.Trades).ShouldBe([1, 5]);
    }

    [Fact]
    public void Handing_over_early_changes_no_row()
    {
        var random = new Random(3);
        var (whole, sliced) = (new PipelineRig("binance"), new PipelineRig("binance"));
        for (var i = 1; i < 3000; i++)
        {
            foreach (var rig in new[] { whole, sliced })
                rig.Receive(i % 3 == 0 ? PipelineRig.Trade(i) : i % 3 == 1 ? Depth(i, i) : Best(i));
            if (random.Next(20) == 0)
                sliced.Pipeline.HandOverAll();
        }

        sliced.End().Rows().ShouldBe(whole.End().Rows());
    }

    static string Beat(int channel, long seq) => $"[{channel},\"hb\",{seq}]";

    static string Tick(long last) => $"[1,[1,1,1,1,1,1,{last},1,1,1]]";

    static string Te(long id, long seq) => $"[3,\"te\",[{id},1000,1,10.5],{seq}]";

    static string Trade(string type, long id) => $"[3,\"{type}\",[{id},1000,1,10.5]]";
}
