using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Replay;
using Ticklake.Tests.Columnar;
using Xunit;

namespace Ticklake.Tests.Simulated;

/// <summary>A recording without faults is the truth, whoever reads it.</summary>
public sealed class RecorderTruthTests
{
    [Fact]
    public async Task A_recording_holds_exactly_what_was_sent()
    {
        await using var rig = await RecordAsync();
        var lake = new RecordedLake(rig.Data);

        TrueRows.ShouldBeComplete(rig, lake, "bitfinex");
        TrueRows.ShouldBeComplete(rig, lake, "binance");
        rig.Findings.ShouldBeEmpty(rig.Describe());
        var gaps = new List<string>();
        await GapList.FindAsync(rig.Data, f => gaps.Add(f.ToString()), CancellationToken.None);
        gaps.ShouldBeEmpty();
        foreach (var stream in lake.Streams)
            lake.Holes(stream).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_market_at_once_is_recorded_as_it_was_sent()
    {
        var venues = RiggedMarket.All.Select(m => m.Venue).ToList();
        await using var rig = await RecordAsync(venues);
        var lake = new RecordedLake(rig.Data);

        rig.Findings.ShouldBeEmpty(rig.Describe());
        foreach (var venue in venues)
            TrueRows.ShouldBeComplete(rig, lake, venue);
    }

    [Fact]
    public async Task A_replay_of_the_journals_gives_the_same_rows()
    {
        await using var rig = await RecordAsync();
        var lake = new RecordedLake(rig.Data);

        var again = Directory.CreateTempSubdirectory("ticklake-again-").FullName;
        await SegmentReplay.RemakeAsync(rig.Data, again, CancellationToken.None);

        var remade = new RecordedLake(again);
        remade.Streams.ShouldBe(lake.Streams);
        foreach (var stream in lake.Streams)
        {
            foreach (var column in new[] { "line_no", "ingest_id", "recv_ts", "source_file" })
                remade.Column(stream, column).ShouldBe(lake.Column(stream, column), $"{stream} {column}");
        }

        Directory.Delete(again, recursive: true);
    }

    [Fact]
    public async Task DuckDb_counts_what_was_sent()
    {
        await using var rig = await RecordAsync();
        var lake = new RecordedLake(rig.Data);

        foreach (var stream in lake.Streams.Where(s => s.Channel != Channel.Controls))
        {
            var files = string.Join(", ", lake.Files(stream).Select(f => $"'{f}'"));
            var rows = await IndependentReaders.DuckDbAsync($"SELECT count(*) FROM read_parquet([{files}])");
            rows[0][0].ShouldBe(TrueRows.Expected(rig.Simulator, stream).ToString(null, null), stream.ToString());
        }
    }

    [Fact]
    public async Task A_flush_in_the_middle_changes_no_rows()
    {
        await using var rig = await RecordingRig.StartAsync(["bitfinex", "binance"]);
        await rig.AllLiveAsync();
        await rig.PassAsync(TimeSpan.FromSeconds(3));
        (await rig.FlushAsync()).ShouldBeGreaterThan(10);
        await rig.PassAsync(TimeSpan.FromSeconds(3));
        await rig.FreezeAsync();
        await rig.StopAsync();

        var lake = new RecordedLake(rig.Data);
        TrueRows.ShouldBeComplete(rig, lake, "bitfinex");
        TrueRows.ShouldBeComplete(rig, lake, "binance");
    }

    static Task<RecordingRig> RecordAsync() => RecordAsync(["bitfinex", "binance"]);

    static async Task<RecordingRig> RecordAsync(IReadOnlyList<string> venues)
    {
        var rig = await RecordingRig.StartAsync(venues);
        await rig.AllLiveAsync();
        await rig.PassAsync(TimeSpan.FromSeconds(20));
        await rig.FreezeAsync();
        foreach (var venue in venues)
            await rig.BooksAreTrueAsync(venue);
        await rig.StopAsync();
        return rig;
    }
}
