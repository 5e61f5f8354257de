using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Pipeline;
using Ticklake.Tests.Runtime.Pipeline;
using Xunit;

namespace Ticklake.Tests.Exchanges.Okx;

/// <summary>OKX's own ways through the pipeline: what is a hole, and what only looks like one.</summary>
public sealed class OkxPipelineTests
{
    const string Symbol = "BTC-USDT";

    readonly PipelineRig _rig = new("okx");

    /// <summary>The chain of okx.md 5.2: a change, a keep-alive, a reset, a change.</summary>
    [Fact]
    public void Keepalives_and_resets_are_no_holes()
    {
        _rig.Receive(
            Ack("books"), Book("snapshot", -1, 10), Book("update", 10, 15), Book("update", 15, 15, ""), Book("update", 15, 3),
            Book("update", 3, 5)).Found.ShouldBe([]);
        _rig.State(Channel.Books, Symbol).BookStatus.ShouldBe(BookStatus.Valid);
    }

    [Fact]
    public void A_hole_asks_for_the_book_again_and_its_next_snapshot_heals()
    {
        _rig.Receive(Ack("books"), Book("snapshot", -1, 10), Book("update", 12, 15), Book("update", 15, 16));
        _rig.Found.ShouldBe(["gap 3 books BTC-USDT"]);
        _rig.Pipeline.Feed.Remedies.ShouldHaveSingleItem().Remedy.ShouldBe(BookRemedy.Resubscribe);
        _rig.Receive(
            Ack("books").Replace("\"subscribe\"", "\"unsubscribe\""), Ack("books"), Book("snapshot", -1, 20), Book("update", 20, 21));
        _rig.Found.ShouldBe(["gap 3 books BTC-USDT", "disconnect 7 books BTC-USDT", "resynced 7 books BTC-USDT"]);
    }

    [Fact]
    public void A_lost_reset_is_a_hole() => _rig.Receive(
        Book("snapshot", -1, 10), Book("update", 10, 15), Book("update", 3, 5)).Found.ShouldBe(["gap 3 books BTC-USDT"]);

    [Fact]
    public void An_update_without_a_snapshot_is_declared_and_asked_for_again() => _rig.Receive(
        Ack("books"), Book("update", 10, 15), Book("update", 15, 16)).Found.ShouldBe(["gap 2 books BTC-USDT"]);

    [Fact]
    public void The_constant_zero_is_no_checksum_and_a_wrong_one_is_found()
    {
        _rig.Receive(Checked("snapshot", 0, "1"), Checked("update", 0, "2")).Found.ShouldBe([]);
        _rig.Receive(Checked("update", 77, "3")).Found.ShouldBe(["checksum_mismatch 3 books BTC-USDT"]);
    }

    [Fact]
    public void A_repeated_update_without_ids_changes_nothing_and_is_declared()
    {
        _rig.Receive(Checked("snapshot", 0, "1"), Checked("update", 0, "2"), Checked("update", 0, "2")).End();
        _rig.Found.ShouldBe(["duplicate 3 books BTC-USDT"]);
        _rig.Lines(Channel.Books).ShouldBe([1, 2]);
    }

    [Fact]
    public void A_repeated_update_with_ids_is_left_out_whatever_its_checksum()
    {
        _rig.Receive(Book("snapshot", -1, 10), Book("update", 10, 15), Book("update", 15, 16));
        _rig.Receive(Book("update", 10, 15, checksum: 5)).Found.ShouldBe(["duplicate 4 books BTC-USDT"]);
    }

    [Fact]
    public void A_folded_trade_stands_for_all_its_fills()
    {
        _rig.Receive(Trade(100, 1), Trade(103, 3), Trade(104, 1)).Found.ShouldBe([]);
        _rig.Receive(Trade(110, 4)).Found.ShouldBe(["gap 4 trades BTC-USDT"]);
        (_rig.Findings[0].FromSeq, _rig.Findings[0].ToSeq).ShouldBe((105, 106));
        _rig.Receive(Trade(106, 2)).End();
        _rig.Found[1..].ShouldBe(["out_of_order 5 trades BTC-USDT"]);
        _rig.Lines(Channel.Trades).ShouldBe([1, 2, 3, 4, 5]);
    }

    [Fact]
    public void The_last_trade_from_before_is_recorded_once()
    {
        var first = new PipelineRig("okx").Receive(Ack("trades"), Trade(7, 1), Trade(8, 1)).End();
        var second = new PipelineRig("okx", first.States, conn: "c2", time: 5000)
            .Receive(Ack("trades"), Trade(8, 1), Trade(9, 1)).End();
        second.Found.ShouldBe([]);
        second.Lines(Channel.Trades).ShouldBe([3]);
        new PipelineRig("okx", second.States, conn: "c3", time: 9000).Receive(Ack("trades"), Trade(12, 1)).Found
            .ShouldBe(["gap 2 trades BTC-USDT"]);
    }

    [Fact]
    public void Best_prices_repeated_as_a_sign_of_life_are_no_rows_and_no_fault()
    {
        _rig.Receive(Best(10), Best(11), Best(11), Best(3), Best(3), Best(4)).End();
        _rig.Found.ShouldBe([]);
        _rig.Lines(Channel.BookTicker).ShouldBe([1, 2, 4, 6]);
    }

    [Fact]
    public void Best_prices_counted_anew_after_an_outage_are_recorded()
    {
        var first = new PipelineRig("okx").Receive(Best(10), Best(11)).End();
        var second = new PipelineRig("okx", first.States, conn: "c2", time: 60_000).Receive(Best(3), Best(4)).End();
        second.Lines(Channel.BookTicker).ShouldBe([1, 2]);
    }

    static string Ack(string channel) =>
        $$$"""{"id":"r1","event":"subscribe","arg":{"channel":"{{{channel}}}","instId":"{{{Symbol}}}"},"connId":"1"}""";

    static string Book(string action, long previous, long id, string? bids = null, int checksum = 0)
    {
        bids ??= $"""["10","{id}","0","1"]""";
        return $$$"""{"arg":{"channel":"books","instId":"{{{Symbol}}}"},"action":"{{{action}}}","data":[{"asks":[],"bids":[{{{bids}}}],"ts":"1000","checksum":{{{checksum}}},"prevSeqId":{{{previous}}},"seqId":{{{id}}}}]}""";
    }

    static string Checked(string action, int checksum, string size) =>
        $$$"""{"arg":{"channel":"books","instId":"{{{Symbol}}}"},"action":"{{{action}}}","data":[{"asks":[],"bids":[["10","{{{size}}}","0","1"]],"ts":"1000","checksum":{{{checksum}}}}]}""";

    static string Trade(long id, int count) =>
        $$$"""{"arg":{"channel":"trades","instId":"{{{Symbol}}}"},"data":[{"instId":"{{{Symbol}}}","tradeId":"{{{id}}}","px":"10","sz":"1","side":"buy","ts":"1000","count":"{{{count}}}"}]}""";

    static string Best(long id) =>
        $$$"""{"arg":{"channel":"bbo-tbt","instId":"{{{Symbol}}}"},"data":[{"asks":[["11","1","0","1"]],"bids":[["10","1","0","1"]],"ts":"1000","seqId":{{{id}}}}]}""";
}
