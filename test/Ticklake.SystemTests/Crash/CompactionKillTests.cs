using Shouldly;
using Ticklake.Stores.Segments;
using Xunit;

namespace Ticklake.SystemTests.Crash;

public sealed class CompactionKillTests
{
    const int DefaultKills = 60;
    const int SigKill = 9;

    // The clock of the lake is the machine's: its day is not over.
    static readonly string[] Compact = ["compact", "--before", "2999-01-01", "--data"];

    readonly int _seed = KillRun.Number("TICKLAKE_SEED", Environment.ProcessId);

    [Fact]
    public async Task Every_row_is_there_once_whenever_a_compaction_is_killed()
    {
        await using var lake = await SimulatedLake.CreateAsync(400, _seed);
        using (var recorder = lake.Record())
        {
            await recorder.ConnectedAsync();
            await Task.Delay(TimeSpan.FromSeconds(8), TestContext.Current.CancellationToken);
            recorder.RequestStop();
            await recorder.ExitAsync();
        }

        await lake.StopExchangesAsync();
        var rows = LakeRows.Sealed(lake.Data);
        rows.Faults.ShouldBeEmpty();
        var scratch = Path.Combine(lake.Folder, "scratch");
        var usual = await WholeAsync(lake.Data, scratch, rows);

        var (random, kills, rounds, begun) = (new Random(_seed), 0, 0, 0);
        for (var wanted = KillRun.Number("TICKLAKE_COMPACT_KILLS", DefaultKills); kills < wanted; rounds++)
        {
            Renew(lake.Data, scratch);
            while (kills < wanted && await IsKilledAsync(scratch, usual * random.NextDouble()))
            {
                kills++;
                ShouldHold(rows, LakeRows.Listed(scratch), kills);
                begun += Directory.EnumerateFiles(scratch, ".*.tmp", SearchOption.AllDirectories).Any() ? 1 : 0;
            }

            await RunAsync(scratch);
            ShouldHold(rows, LakeRows.Sealed(scratch), kills);
        }

        KillRun.Say($"{kills} kills of `ticklake compact`, {begun} of them with a merge begun, over {rounds} lakes of {rows.Count} rows, seed {_seed}: every row there once after each");
        begun.ShouldBeGreaterThan(kills / 20, "kills that hit nothing prove nothing");
    }

    static async Task<TimeSpan> WholeAsync(string data, string scratch, LakeRows rows)
    {
        Renew(data, scratch);
        var began = TimeProvider.System.GetTimestamp();
        await RunAsync(scratch);
        var usual = TimeProvider.System.GetElapsedTime(began);
        var merged = LakeRows.Sealed(scratch);
        ShouldHold(rows, merged, 0);
        var segments = new SegmentCatalog(scratch, DiskFileSystem.Instance).Entries().ToList();
        segments.Select(x => (x.Stream, UtcText.Day(x.Manifest.FirstRecvUs))).ShouldBeUnique();
        var files = Directory.EnumerateFiles(scratch, "*", SearchOption.AllDirectories)
            .ToDictionary(path => path, path => (new FileInfo(path).Length, File.GetLastWriteTimeUtc(path)));

        await RunAsync(scratch);

        Directory.EnumerateFiles(scratch, "*", SearchOption.AllDirectories)
            .ToDictionary(path => path, path => (new FileInfo(path).Length, File.GetLastWriteTimeUtc(path)))
            .ShouldBe(files, ignoreOrder: true);
        return usual;
    }

    static void ShouldHold(LakeRows expected, LakeRows found, int kills)
    {
        found.Faults.ShouldBeEmpty($"after {kills} kills");
        LakeRows.Differences(expected, found).ShouldBeEmpty($"after {kills} kills");
    }

    static async Task RunAsync(string data)
    {
        var (code, output, errors) = await TicklakeProcess.RunAsync(data, [.. Compact, data]);
        code.ShouldBe(0, $"{output}\n{errors}");
    }

    /// <summary>Starts a compaction and kills it after a while; false where it was done before.</summary>
    static async Task<bool> IsKilledAsync(string data, TimeSpan after)
    {
        using var process = TicklakeProcess.Start(data, [.. Compact, data]);
        await Task.Delay(after);
        if (process.HasExited)
            return false;
        process.Signal(SigKill);
        return await process.ExitAsync(TimeSpan.FromSeconds(30)) != 0;
    }

    static void Renew(string data, string scratch)
    {
        if (Directory.Exists(scratch))
            Directory.Delete(scratch, recursive: true);
        foreach (var path in Directory.EnumerateFiles(data, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(scratch, Path.GetRelativePath(data, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }
    }
}
