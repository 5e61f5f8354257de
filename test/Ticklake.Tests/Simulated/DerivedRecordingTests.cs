using System.Globalization;
using System.Text;
using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Configuration;
using Ticklake.Runtime.Pipeline;
using Ticklake.Runtime.Replay;
using Ticklake.Simulator.Market;
using Xunit;

namespace Ticklake.Tests.Simulated;

/// <summary>Best prices and samples made from the books of every market, against the simulator's own books.</summary>
public sealed class DerivedRecordingTests
{
    const int Levels = 5;

    public static TheoryData<string> Venues => [.. RiggedMarket.All.Select(m => m.Venue)];

    [Theory]
    [MemberData(nameof(Venues))]
    public async Task Best_prices_and_samples_follow_the_true_book(string venue)
    {
        await using var rig = await RecordingRig.StartAsync([venue], configure: Derive);
        await rig.AllLiveAsync();
        await rig.PassAsync(TimeSpan.FromSeconds(8));
        await rig.FreezeAsync();
        await rig.BooksAreTrueAsync(venue);
        await rig.StopAsync();
        rig.Findings.ShouldBeEmpty(rig.Describe());

        var lake = new RecordedLake(rig.Data);
        var prices = BestPrices(lake, venue);
        prices.Count.ShouldBeGreaterThan(3, rig.Describe());
        prices.Zip(prices.Skip(1)).Count(p => p.First == p.Second).ShouldBe(0, "only changes are written");
        prices.ShouldAllBe(p => p.Bid < p.Ask);
        prices[^1].ShouldBe(True(TrueBooks.Of(rig, venue)!), rig.Describe());
        SamplesShouldBeBooks(lake, venue);
        await ShouldVerifyAsync(rig);
    }

    [Fact]
    public async Task Replacements_and_a_replay_give_the_same_rows()
    {
        await using var rig = await RecordingRig.StartAsync(["binance"], configure: o => Derive(o) with
        {
            Session = o.Session with { RotateAfter = TimeSpan.FromSeconds(15), Overlap = TimeSpan.FromMinutes(2) },
        });
        await rig.AllLiveAsync();
        var first = rig.Connection.ConnId;
        await rig.UntilAsync("a session has followed", () => rig.Connection.ConnId != first && rig.IsLive);
        await rig.PassAsync(TimeSpan.FromSeconds(5));
        await rig.FreezeAsync();
        await rig.BooksAreTrueAsync("binance");
        await rig.StopAsync();

        var lake = new RecordedLake(rig.Data);
        var prices = BestPrices(lake, "binance");
        prices[^1].ShouldBe(True(TrueBooks.Of(rig, "binance")!), rig.Describe());
        lake.Column(Derived(lake, "binance", Channel.BookTicker), "conn_id").Select(Text).Distinct().Count().ShouldBeGreaterThan(1);
        await ShouldVerifyAsync(rig);
        var again = Directory.CreateTempSubdirectory("ticklake-again-").FullName;
        await SegmentReplay.RemakeAsync(rig.Data, again, CancellationToken.None);
        BestPrices(new RecordedLake(again), "binance").ShouldBe(prices);
        Directory.Delete(again, recursive: true);
    }

    static RecorderOptions Derive(RecorderOptions options) => options with
    {
        Markets =
        [
            .. options.Markets.Select(m => m with
            {
                Derived =
                [
                    .. m.Streams.Where(s => s.Channel == Channel.Books).SelectMany(
                        s => new[] { DerivedStream.BestPricesOf(s), DerivedStream.SamplesOf(s, TimeSpan.FromSeconds(1), Levels) }),
                ],
            }),
        ],
    };

    static async Task ShouldVerifyAsync(RecordingRig rig)
    {
        var verification = await LakeVerification.RunAsync(rig.Data, CancellationToken.None);
        verification.IsRight.ShouldBeTrue(string.Join("\n", verification.Differences));
    }

    static List<(double Bid, double BidSize, double Ask, double AskSize)> BestPrices(RecordedLake lake, string venue)
    {
        var stream = Derived(lake, venue, Channel.BookTicker);
        lake.Column(stream, "source").Select(Text).Distinct().ShouldBe(["book"]);
        var columns = new[] { "bid", "bid_sz", "ask", "ask_sz" }.Select(c => lake.Column(stream, c)).ToArray();
        return [.. Enumerable.Range(0, columns[0].Count).Select(
            i => ((double)columns[0][i]!, (double)columns[1][i]!, (double)columns[2][i]!, (double)columns[3][i]!))];
    }

    static void SamplesShouldBeBooks(RecordedLake lake, string venue)
    {
        var stream = Derived(lake, venue, Channel.DepthSnapshots);
        lake.Column(stream, "source").Select(Text).Distinct().ShouldBe(["book"]);
        var (sides, levels, prices) = (
            lake.Column(stream, "side"), lake.Column(stream, "level"), lake.Column(stream, "price"));
        var samples = lake.Column(stream, "line_no").Index().GroupBy(x => x.Item, x => x.Index).ToList();
        samples.Count.ShouldBeInRange(4, 60);
        foreach (var sample in samples)
        {
            foreach (var side in sample.GroupBy(i => Text(sides[i])))
            {
                side.Select(i => Convert.ToInt32(levels[i], CultureInfo.InvariantCulture))
                    .ShouldBe(Enumerable.Range(0, Levels), $"{stream} line {sample.Key}");
                var sorted = side.Select(i => (double)prices[i]!);
                sorted.ShouldBeInOrder(side.Key == "bid" ? SortDirection.Descending : SortDirection.Ascending);
            }
        }
    }

    static StreamKey Derived(RecordedLake lake, string venue, Channel channel) => lake.Streams.Single(
        s => s.Market.PathName == venue && s.Channel == channel && DerivedStream.IsDerived(s));

    static (double, double, double, double) True(BookSnapshot book)
    {
        var (bid, ask) = (book.Bids.MaxBy(b => b.Price)!, book.Asks.MinBy(a => a.Price)!);
        return ((double)bid.Price, (double)bid.Amount, (double)ask.Price, (double)ask.Amount);
    }

    static string Text(object? value) => value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : value?.ToString() ?? "";
}
