using System.Globalization;
using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Runtime.Configuration;
using Ticklake.Runtime.Export;
using Ticklake.Runtime.Pipeline;
using Ticklake.Simulator.Market;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;
using Ticklake.Tests.Runtime.Export;
using Xunit;

namespace Ticklake.Tests.Simulated;

/// <summary>Exports of recorded simulated markets, against the simulator's books and the recorder's own rows.</summary>
public sealed class ExportRecordingTests
{
    public static TheoryData<string> Venues => [.. RiggedMarket.All.Select(m => m.Venue)];

    [Theory]
    [MemberData(nameof(Venues))]
    public async Task Tardis_files_give_the_true_book_and_its_best_prices(string venue)
    {
        await using var rig = await RecordingRig.StartAsync([venue], configure: Derive);
        await rig.AllLiveAsync();
        await rig.PassAsync(TimeSpan.FromSeconds(6));
        await rig.FreezeAsync();
        await rig.BooksAreTrueAsync(venue);
        // The window of a subscription is gone with it.
        var truth = TrueBooks.Of(rig, venue)!;
        await rig.StopAsync();

        var output = Path.Combine(rig.Data, "export");
        var report = Export(rig.Data, output, ExportFormat.TardisCsv);
        report.UpdatesLeftOut.ShouldBeLessThan(200, rig.Describe());
        var reader = new TardisReader();
        foreach (var line in Lines(report, "_incremental_book_L2_"))
            reader.Read(line);
        // Where an exchange forgets deep levels without a word, a reader of its updates keeps them.
        var depth = KeptLevels(venue) ?? int.MaxValue;
        Difference(reader.Side("bid").Take(depth), truth.Bids.Take(depth)).ShouldBeEmpty(rig.Describe());
        Difference(reader.Side("ask").Take(depth), truth.Asks.Take(depth)).ShouldBeEmpty(rig.Describe());

        Lines(report, "_quotes_").Select(Prices).ShouldBe(Derived(new RecordedLake(rig.Data), venue), rig.Describe());
        LocalTimesRise(report);
    }

    [Theory]
    [InlineData("binance")]
    [InlineData("binance-usdm")]
    [InlineData("bybit")]
    public async Task What_is_exported_for_hftbacktest_imports_to_the_same_rows(string venue)
    {
        await using var rig = await RecordingRig.StartAsync([venue]);
        await rig.AllLiveAsync();
        await rig.PassAsync(TimeSpan.FromSeconds(4));
        await rig.FreezeAsync();
        await rig.StopAsync();

        var report = Export(rig.Data, Path.Combine(rig.Data, "export"), ExportFormat.Hftbacktest);
        report.Files.Count.ShouldBeGreaterThan(0);
        var market = RiggedMarket.Of(venue).Market;
        var again = Path.Combine(rig.Data, "again");
        await ExportLake.ImportFilesAsync(again, market.Exchange, market.Market, [.. report.Files.Select(f => f.Path)]);
        var (recorded, imported) = (new RecordedLake(rig.Data), new RecordedLake(again));
        foreach (var stream in recorded.Streams.Where(s => s.Channel != Channel.Controls))
        {
            imported.Streams.ShouldContain(stream);
            // What names the session and its journal differs; everything the exchange said does not.
            foreach (var column in TableSchemas.Of(stream.Channel).Select(c => c.Name)
                .Except(["conn_id", "sub_id", "source_file", "line_no", "ingest_id"]))
                imported.Column(stream, column).ShouldBe(recorded.Column(stream, column), $"{stream} {column}");
        }
    }

    static string[] Difference(IEnumerable<(decimal Price, decimal Amount)> read, IEnumerable<BookRow> truth)
    {
        var (ours, theirs) = (read.ToHashSet(), truth.Select(b => (b.Price, b.Amount)).ToHashSet());
        return [.. theirs.Except(ours).Select(l => $"missing {l}"), .. ours.Except(theirs).Select(l => $"too much {l}")];
    }

    static ExportReport Export(string lake, string output, ExportFormat format) => LakeExport.Run(
        format,
        new ExportRequest { DataDirectory = lake, Output = output },
        new SegmentCatalog(lake, DiskFileSystem.Instance).Entries(),
        CancellationToken.None);

    static List<string> Lines(ExportReport report, string type) =>
        [.. report.Files.Where(f => f.Path.Contains(type, StringComparison.Ordinal)).SelectMany(f => ExportLake.LinesOf(f.Path)[1..])];

    static void LocalTimesRise(ExportReport report)
    {
        foreach (var file in report.Files)
        {
            ExportLake.LinesOf(file.Path)[1..].Select(l => long.Parse(l.Split(',')[3], CultureInfo.InvariantCulture))
                .ShouldBeInOrder(SortDirection.Ascending, file.Path);
        }
    }

    static (double, double, double, double) Prices(string line)
    {
        var cells = line.Split(',').Skip(4).Select(c => double.Parse(c, CultureInfo.InvariantCulture)).ToArray();
        return (cells[2], cells[3], cells[1], cells[0]);
    }

    /// <summary>What the recorder wrote as best prices of its book.</summary>
    static List<(double, double, double, double)> Derived(RecordedLake lake, string venue)
    {
        var stream = lake.Streams.Single(s => s.Market.PathName == venue && DerivedStream.IsDerived(s));
        var columns = new[] { "bid", "bid_sz", "ask", "ask_sz" }.Select(c => lake.Column(stream, c)).ToArray();
        return [.. columns[0].Select((_, i) => ((double)columns[0][i]!, (double)columns[1][i]!, (double)columns[2][i]!, (double)columns[3][i]!))];
    }

    static int? KeptLevels(string venue)
    {
        var market = RiggedMarket.Of(venue);
        var books = new StreamKey(market.Market, Channel.Books, market.Symbol);
        return ExchangeCatalog.Find(market.Market.Exchange)!.RulesFor(books).KeptLevels;
    }

    static RecorderOptions Derive(RecorderOptions options) => options with
    {
        Markets =
        [
            .. options.Markets.Select(m => m with
            {
                Derived = [.. m.Streams.Where(s => s.Channel == Channel.Books).Select(DerivedStream.BestPricesOf)],
            }),
        ],
    };
}
