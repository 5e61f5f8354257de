using System.Globalization;
using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Runtime.Pipeline;
using Ticklake.Runtime.Replay;
using Ticklake.Stores.Tables;
using Xunit;

namespace Ticklake.Tests.Runtime.Pipeline;

public sealed class DerivedStreamsTests
{
    static readonly StreamKey Book = new(new MarketId("binance", "spot"), Channel.Books, "BTCUSDT");

    static readonly DerivedStream[] BestPrices = [DerivedStream.BestPricesOf(Book)];

    static readonly DerivedStream[] Samples = [DerivedStream.SamplesOf(Book, TimeSpan.FromMilliseconds(100), 2)];

    [Fact]
    public void Best_prices_are_written_where_they_change()
    {
        var rig = new PipelineRig("binance", derived: BestPrices);
        rig.Receive(PipelineRig.Depth(5, 6));
        rig.Snapshot(4, """["10","5"],["9","1"]""", """["11","5"],["12","1"]""");
        rig.Receive(
            PipelineRig.Depth(7, 7, """["9","2"]""", """["12","2"]"""),
            PipelineRig.Depth(8, 8, """["10","0"]""", ""),
            PipelineRig.Depth(9, 9, """["9","2.0"]""", ""),
            PipelineRig.Depth(10, 10, """["10.5","3"]""", """["11","1.5"]"""));

        Rows(rig).ShouldBe(["2: 10 x 1 / 11 x 1 @6 book", "4: 9 x 2 / 11 x 1 @8 book", "6: 10.5 x 3 / 11 x 1.5 @10 book"]);
    }

    [Fact]
    public void A_side_without_orders_is_null()
    {
        var rig = new PipelineRig("binance", derived: BestPrices);
        rig.Snapshot(4, """["10","5"]""", "").Receive(PipelineRig.Depth(5, 5, """["10","0"]""", ""));

        Rows(rig).ShouldBe(["1: 10 x 5 /  x  @4 book", "2:  x  /  x  @5 book"]);
    }

    [Fact]
    public void A_book_with_a_hole_has_no_best_prices_until_it_is_whole_again()
    {
        var rig = new PipelineRig("binance", derived: BestPrices);
        rig.Snapshot(4).Receive(PipelineRig.Depth(5, 6), PipelineRig.Depth(8, 8, """["10","7"]"""));
        rig.Receive(PipelineRig.Depth(9, 9)).Snapshot(9, """["10","1"]""", """["11","1"]""");

        Rows(rig).ShouldBe(["1: 10 x 5 / 11 x 5 @4 book", "2: 10 x 1 / 11 x 1 @6 book", "5: 10 x 1 / 11 x 1 @9 book"]);
        rig.Batches.Where(b => b.Header.Stream == BestPrices[0].Key).SelectMany(b => b.Gaps).Select(g => (g.Reason, g.Line))
            .ShouldBe([("gap", 3L)]);
    }

    [Fact]
    public void Samples_are_the_book_before_the_first_line_of_a_step()
    {
        var rig = new PipelineRig("binance", time: 1000, derived: Samples);
        rig.Snapshot(4, """["10","5"],["9","4"],["8","3"]""", """["11","5"]""");
        rig.Time = 1098;
        rig.Receive(PipelineRig.Depth(5, 5, """["10","6"]""", ""), PipelineRig.Depth(6, 6, """["10","7"]""", ""));
        rig.Time = 1350;
        rig.Receive(PipelineRig.Trade(1));

        Rows(rig).ShouldBe(
        [
            "3: bid 0 10 x 6 @5 book", "3: bid 1 9 x 4 @5 book", "3: ask 0 11 x 5 @5 book",
            "4: bid 0 10 x 7 @6 book", "4: bid 1 9 x 4 @6 book", "4: ask 0 11 x 5 @6 book",
        ]);
    }

    [Fact]
    public void A_session_that_follows_gives_the_rows_that_its_journal_alone_gives()
    {
        var live = new PipelineRig("binance", derived: BestPrices);
        live.Snapshot(4).Receive(PipelineRig.Depth(5, 6), PipelineRig.Depth(7, 8, """["10","2"]"""));
        live.Pipeline.End();
        var carries = live.States.CarriesOf(live.Market);
        var following = new PipelineRig("binance", live.States, follows: "c1", conn: "c2", derived: BestPrices);
        Follow(following);
        var alone = new StreamStates(ExchangeCatalog.Find("binance")!);
        foreach (var carry in carries)
            carry.ApplyTo(alone, live.Market).ShouldBeTrue();
        var recovered = new PipelineRig("binance", alone, follows: "c1", conn: "c2", derived: BestPrices);
        Follow(recovered);

        Rows(following).ShouldBe(["3: 10 x 2 / 11 x 1 @8 book", "4: 10 x 3 / 11 x 1 @9 book"]);
        Rows(recovered).ShouldBe(Rows(following));
        recovered.Found.ShouldBe(following.Found);
        recovered.Lines(Channel.Books).ShouldBe(following.Lines(Channel.Books));
    }

    // The new connection begins while the old one still delivers, and its snapshot is older than what that has recorded.
    static void Follow(PipelineRig rig) => rig
        .Receive(PipelineRig.Depth(5, 6))
        .Snapshot(5)
        .Receive(PipelineRig.Depth(7, 8, """["10","2"]"""), PipelineRig.Depth(9, 9, """["10","3"]"""))
        .End();

    [Theory]
    [InlineData(Channel.BookTicker, "book", true)]
    [InlineData(Channel.BookTicker, "", false)]
    [InlineData(Channel.DepthSnapshots, "book_1s_20", true)]
    [InlineData(Channel.DepthSnapshots, "book_250ms_5000", true)]
    [InlineData(Channel.DepthSnapshots, "book_0s_20", false)]
    [InlineData(Channel.DepthSnapshots, "book_1s_5001", false)]
    [InlineData(Channel.DepthSnapshots, "book_1m_20", false)]
    [InlineData(Channel.DepthSnapshots, "20_100ms", false)]
    [InlineData(Channel.Books, "book", false)]
    public void The_variant_says_what_is_derived(Channel channel, string variant, bool isDerived) =>
        DerivedStream.IsDerived(Book with { Channel = channel, Variant = variant }).ShouldBe(isDerived);

    [Fact]
    public void What_a_key_says_is_what_was_wanted()
    {
        foreach (var wanted in Samples.Concat(BestPrices).Append(DerivedStream.SamplesOf(Book, TimeSpan.FromMinutes(2), 7)))
        {
            DerivedStream.TryParse(wanted.Key, Book, out var read).ShouldBeTrue();
            read.ShouldBe(wanted);
        }
    }

    static List<string> Rows(PipelineRig rig)
    {
        rig.Pipeline.HandOverAll();
        return [.. rig.Batches.Where(b => DerivedStream.IsDerived(b.Header.Stream)).SelectMany(Rows)];
    }

    static IEnumerable<string> Rows(RowBatch batch)
    {
        var schema = TableSchemas.Of(batch.Header.Stream.Channel);
        var columns = new RowGroupColumns(schema);
        batch.ToColumns(columns);
        string Cell(string name, int row)
        {
            var column = schema.Index().First(c => c.Item.Name == name);
            var value = DerivedValue.Of(columns.Columns[column.Index][0], row, column.Item.Kind);
            return Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        }

        for (var i = 0; i < batch.Count; i++)
        {
            yield return batch is BookTickerRows
                ? $"{Cell("line_no", i)}: {Cell("bid", i)} x {Cell("bid_sz", i)} / {Cell("ask", i)} x {Cell("ask_sz", i)} "
                    + $"@{Cell("update_id", i)} {Cell("source", i)}"
                : $"{Cell("line_no", i)}: {Cell("side", i)} {Cell("level", i)} {Cell("price", i)} x {Cell("quantity", i)} "
                    + $"@{Cell("last_update_id", i)} {Cell("source", i)}";
        }
    }
}
