using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Coverage;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;
using Xunit;

namespace Ticklake.Tests.Runtime.Coverage;

/// <summary>The verdicts of <c>docs/format/coverage.md</c>, one by one.</summary>
public sealed class CoverageLedgerTests : IDisposable
{
    readonly CoverageLake _lake = new();

    StreamKey Trades => _lake.Stream(Channel.Trades);

    StreamKey Books => _lake.Stream(Channel.Books);

    public void Dispose() => _lake.Dispose();

    [Fact]
    public void Hours_with_rows_and_without_holes_are_complete()
    {
        Session("08:10:00", "11:20:00", "08:11:00", "09:30:00", "10:30:00", "11:10:00");
        var trades = _lake.Of(Trades);
        CoverageLake.Letters(trades).ShouldBe("cCCc");
        trades.Holes.ShouldBeEmpty();
        trades.Hours.Select(h => h.Rows).ShouldBe([1L, 1, 1, 1]);
        trades.Hours[1].FirstSeq.ShouldBe(trades.Hours[1].LastSeq);
        trades.Hours[0].Files.Single().Manifest.Sha256.Length.ShouldBe(64);
        CoverageLake.Time(trades.Hours[0].Recorded.FromUs).ShouldBe("08:10:00");
        CoverageLake.Time(trades.Hours[3].Recorded.ToUs).ShouldBe("11:20:00");
    }

    [Fact]
    public void An_hour_of_a_living_stream_without_rows_is_known_to_be_empty()
    {
        Session("08:10:00", "11:20:00", "08:11:00", "11:10:00");
        CoverageLake.Letters(_lake.Of(Trades)).ShouldBe("cEEc");
    }

    [Fact]
    public void A_stream_that_never_delivered_is_known_to_be_empty_where_the_exchange_granted_it()
    {
        _lake.Open("08:10:00", "c1", Trades, Books);
        _lake.Control("08:10:01", "c1", "subscribed", Trades);
        _lake.Close("10:05:00", "c1");
        CoverageLake.Letters(_lake.Of(Trades)).ShouldBe("eEe");
        var books = _lake.Of(Books);
        CoverageLake.Letters(books).ShouldBe("---");
        books.Hours[1].Reason.ShouldContain("nothing shows that the exchange granted it");
    }

    [Fact]
    public void A_hole_across_hours_belongs_to_each_of_them_cut_at_its_bounds()
    {
        LostSession();
        _lake.Open("10:19:00", "c2", Trades);
        _lake.Disconnect("10:20:00", "c2", Trades, since: "08:50:00");
        _lake.Trades("c2", "10:20:00", "11:10:00");
        _lake.Close("11:20:00", "c2");
        var trades = _lake.Of(Trades);
        CoverageLake.Holes(trades).ShouldBe(["disconnect 08:50:00 10:20:00"]);
        CoverageLake.Letters(trades).ShouldBe("g-Gc");
        trades.Hours[1].Reason.ShouldBe("the recorder was not running");
        CoverageLake.Holes(trades.Hours[0]).ShouldBe(["disconnect 08:50:00 09:00:00"]);
        CoverageLake.Holes(trades.Hours[1]).ShouldBe(["disconnect 09:00:00 10:00:00"]);
        CoverageLake.Holes(trades.Hours[2]).ShouldBe(["disconnect 10:00:00 10:20:00"]);
    }

    [Fact]
    public void An_hour_missed_while_the_recorder_ran_has_a_gap()
    {
        LostSession();
        _lake.Open("08:05:00", "other", Books);
        _lake.Open("10:20:00", "c2", Trades);
        _lake.Disconnect("10:20:01", "c2", Trades, since: "08:50:00");
        _lake.Trades("c2", "10:20:01");
        _lake.Close("10:30:00", "c2");
        _lake.Close("10:30:00", "other");
        CoverageLake.Letters(_lake.Of(Trades)).ShouldBe("gGg");
    }

    [Fact]
    public void An_outage_is_a_hole_before_any_data_tell_so()
    {
        LostSession();
        _lake.Open("09:05:00", "c2", Trades);
        _lake.Control("09:05:01", "c2", "subscribed", Trades);
        _lake.Close("10:30:00", "c2");
        var trades = _lake.Of(Trades);
        CoverageLake.Holes(trades).ShouldBe(["disconnect 08:50:00 09:05:01"]);
        CoverageLake.Letters(trades).ShouldBe("gGe");
    }

    [Fact]
    public void A_quiet_stream_was_connected_again_before_its_first_row()
    {
        LostSession();
        _lake.Open("09:05:00", "c2", Trades);
        _lake.Control("09:05:01", "c2", "subscribed", Trades);
        _lake.Disconnect("11:10:00", "c2", Trades, since: "08:50:00");
        _lake.Trades("c2", "11:10:00");
        _lake.Close("11:30:00", "c2");
        var trades = _lake.Of(Trades);
        CoverageLake.Holes(trades).ShouldBe(["disconnect 08:50:00 09:05:01"]);
        CoverageLake.Letters(trades).ShouldBe("gGEc");
    }

    [Fact]
    public void Consecutive_ids_prove_that_an_outage_lost_nothing()
    {
        using var lake = new CoverageLake("binance");
        var trades = lake.Stream(Channel.Trades);
        lake.Open("08:10:00", "c1", trades);
        lake.Trades("c1", "08:10:00", "08:40:00");
        lake.Control("08:50:00", "c1", "error", null);
        lake.Open("08:51:00", "c2", trades);
        lake.Trades("c2", "08:52:00", "09:10:00");
        lake.Close("09:20:00", "c2");
        var coverage = lake.Of(trades);
        coverage.Holes.ShouldBeEmpty();
        CoverageLake.Letters(coverage).ShouldBe("cc");
    }

    [Fact]
    public void A_lost_stream_that_never_comes_back_has_a_hole_until_the_end()
    {
        LostSession();
        _lake.Open("08:05:00", "other", Books);
        _lake.Close("10:30:00", "other");
        CoverageLake.Holes(_lake.Of(Trades)).ShouldBe(["disconnect 08:50:00 10:30:00"]);
    }

    [Fact]
    public void A_stream_that_was_given_up_is_not_missed()
    {
        _lake.Open("08:10:00", "c1", Trades);
        _lake.Trades("c1", "08:11:00");
        _lake.Happened("08:30:00", "c1", "stream_given_up", Trades);
        _lake.Close("10:30:00", "c1");
        var trades = _lake.Of(Trades);
        CoverageLake.Letters(trades).ShouldBe("c");
        CoverageLake.Time(trades.Hours[0].Recorded.ToUs).ShouldBe("08:30:00");
    }

    [Fact]
    public void A_stream_that_is_taken_up_again_has_a_hole_since_it_was_given_up()
    {
        _lake.Open("08:10:00", "c1", Trades);
        _lake.Trades("c1", "08:11:00");
        _lake.Happened("08:30:00", "c1", "stream_given_up", Trades);
        _lake.Open("08:40:00", "c2", Trades);
        _lake.Control("08:40:01", "c2", "subscribed", Trades);
        _lake.Close("10:30:00", "c1");
        _lake.Close("10:30:00", "c2");
        var trades = _lake.Of(Trades);
        CoverageLake.Holes(trades).ShouldBe(["stream_given_up 08:30:00 08:40:01"]);
        CoverageLake.Letters(trades).ShouldBe("gEe");
    }

    [Fact]
    public void A_polled_book_whose_requests_fail_has_a_hole()
    {
        var polled = _lake.Stream(Channel.DepthSnapshots, "rest_100");
        _lake.Open("08:10:00", "c1", polled);
        _lake.Happened("08:20:00", "c1", "poll_failed", polled);
        _lake.Happened("08:21:00", "c1", "poll_failed", polled);
        _lake.Close("09:10:00", "c1");
        var coverage = _lake.Of(polled);
        CoverageLake.Holes(coverage).ShouldBe(["poll_failed 08:20:00 09:10:00"]);
        CoverageLake.Letters(coverage).ShouldBe("gg");
    }

    [Fact]
    public void A_polled_book_that_came_late_has_the_hole_its_finding_says()
    {
        var polled = _lake.Stream(Channel.DepthSnapshots, "rest_100");
        _lake.Open("08:10:00", "c1", polled);
        _lake.Happened("08:20:00", "c1", "poll_failed", polled);
        _lake.Control("09:01:00", "c1", "gap", polled, new
        {
            rule = "an answer every 10 s",
            expected = "2025-01-17T08:19:50.000000000Z",
            seen = "2025-01-17T09:01:00.000000000Z",
        });
        _lake.Close("09:10:00", "c1");
        CoverageLake.Holes(_lake.Of(polled)).ShouldBe(["gap 08:19:50 09:01:00"]);
    }

    [Fact]
    public void A_broken_book_is_a_hole_until_it_is_proven_again_and_so_is_what_is_made_of_it()
    {
        var prices = _lake.Stream(Channel.BookTicker, "book");
        _lake.Open("08:10:00", "c1", Books, prices);
        _lake.Control("08:10:01", "c1", "subscribed", Books);
        _lake.BestPrices("c1", "book", "08:10:02", "08:40:00");
        _lake.Control("08:58:00", "c1", "gap", Books, new { rule = "U == last u + 1", expected = "5", seen = "9" });
        _lake.Control("09:01:00", "c1", "resynced", Books);
        _lake.BestPrices("c1", "book", "09:01:01");
        _lake.Close("10:10:00", "c1");
        CoverageLake.Holes(_lake.Of(Books)).ShouldBe(["gap 08:10:00 09:01:00"]);
        var made = _lake.Of(prices);
        CoverageLake.Holes(made).ShouldBe(["gap 08:10:00 09:01:01"]);
        CoverageLake.Letters(made).ShouldBe("gGe");
    }

    [Fact]
    public void A_mark_in_a_manifest_counts_where_its_controls_row_is_gone()
    {
        _lake.Open("08:10:00", "c1", Trades);
        var mark = new GapMark("gap", CoverageLake.Journal("c1"), 77, CoverageLake.Us("08:20:00"), 5, 6);
        _lake.Trades("c1", mark, "08:11:00", "08:20:00");
        _lake.Close("08:30:00", "c1");
        var hole = _lake.Of(Trades).Holes.ShouldHaveSingleItem();
        (hole.FromSeq, hole.ToSeq, hole.Line).ShouldBe((5, 6, 77));
        (CoverageLake.Time(hole.FromUs), CoverageLake.Time(hole.ToUs)).ShouldBe(("08:11:00", "08:20:00"));
    }

    [Fact]
    public void Silence_that_asking_again_ends_at_once_is_a_hole_and_silence_that_it_does_not_is_none()
    {
        _lake.Open("08:00:00", "c1", Trades, Books);
        _lake.Control("08:00:00", "c1", "subscribed", Trades);
        _lake.Control("08:00:00", "c1", "subscribed", Books);
        _lake.Happened("08:01:00", "c1", "stream_silent", Trades);
        _lake.Happened("08:01:00", "c1", "stream_silent", Books);
        _lake.Trades("c1", "08:01:05", "08:30:00");
        _lake.Close("09:00:00", "c1");
        CoverageLake.Holes(_lake.Of(Trades)).ShouldBe(["stream_silent 08:00:00 08:01:05"]);
        CoverageLake.Letters(_lake.Of(Books)).ShouldBe("E");
    }

    [Fact]
    public void An_open_hour_is_told_as_far_as_it_is_sealed_and_its_empty_rest_is_not()
    {
        _lake.Open("08:10:00", "c1", Trades, Books);
        _lake.Control("08:10:00", "c1", "subscribed", Books);
        _lake.Trades("c1", "08:11:00", "10:20:00");
        _lake.Control("10:30:00", "c1", "clock_offset", null);
        var ledger = _lake.Ledger(EndReasons.Age);
        var trades = ledger.Streams.Single(s => s.Stream == Trades);
        CoverageLake.Letters(trades).ShouldBe("cEc");
        trades.Hours[2].Reason.ShouldStartWith("still open");
        var books = ledger.Streams.Single(s => s.Stream == Books);
        CoverageLake.Letters(books).ShouldBe("---");
        books.Hours[0].Reason.ShouldStartWith("still open");
    }

    [Fact]
    public void Rows_that_no_session_vouches_for_are_never_complete()
    {
        _lake.Trades("c1", "08:11:00");
        var trades = _lake.Of(Trades);
        CoverageLake.Letters(trades).ShouldBe("-");
        trades.Hours[0].Reason.ShouldContain("no controls rows that vouch for them");
    }

    [Fact]
    public void The_page_needs_nothing_but_itself()
    {
        Session("08:10:00", "10:20:00", "08:11:00", "10:10:00");
        var page = CoveragePage.Of(_lake.Ledger().Streams);
        page.ShouldContain("class=\"h known-empty\"");
        page.ShouldNotContain("<script");
        page.ShouldNotContain("http");
        page.ShouldNotContain("url(");
    }

    void Session(string from, string to, params string[] trades)
    {
        Begin(from, trades);
        _lake.Close(to, "c1");
    }

    void LostSession()
    {
        Begin("08:10:00", ["08:11:00"]);
        _lake.Control("08:50:00", "c1", "error", null);
    }

    void Begin(string from, string[] trades)
    {
        _lake.Open(from, "c1", Trades);
        _lake.Control(from, "c1", "subscribed", Trades);
        _lake.Trades("c1", trades);
    }
}
