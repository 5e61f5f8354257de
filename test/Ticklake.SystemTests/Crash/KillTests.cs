using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Shouldly;
using Ticklake.Runtime.Journal;
using Xunit;

namespace Ticklake.SystemTests.Crash;

public sealed partial class KillTests
{
    const int DefaultKills = 50;

    // Market steps a second and symbol: thousands of frames a second; the simulator remembers a million of them.
    const double Busy = 1500;
    const double BusyForLong = 300;

    // The journal's hand-over takes 100 ms at most; a busy test machine may not run it in time.
    static readonly TimeSpan UsualLoss = TimeSpan.FromMilliseconds(150);
    static readonly TimeSpan MostLoss = TimeSpan.FromSeconds(1.5);

    // A session reads nothing before its journal file is there, and creating files stalls while a busy disk commits: what
    // the exchange sent meanwhile has not been received.
    static readonly TimeSpan LongestOpening = TimeSpan.FromSeconds(10);

    readonly List<Kill> _kills = [];
    readonly List<TimeSpan> _starts = [];
    readonly Random _random;
    readonly int _seed;
    long _recoveredRows;
    int _torn;

    public KillTests()
    {
        _seed = KillRun.Number("TICKLAKE_SEED", Environment.ProcessId);
        _random = new Random(_seed);
    }

    [Fact]
    public async Task Every_frame_that_reached_the_journal_is_in_a_segment_once_however_often_the_recorder_is_killed()
    {
        var kills = KillRun.Number("TICKLAKE_KILLS", DefaultKills);
        await using var lake = await SimulatedLake.CreateAsync(kills > 2 * DefaultKills ? BusyForLong : Busy, _seed);
        await using (var sent = new SentFrames(lake.Simulator.Truth))
        {
            while (_kills.Count < kills)
                await RecordAndKillAsync(lake, sent, (KillPhase)(_kills.Count % 5));
            await RecordAndStopAsync(lake);
        }

        await lake.StopExchangesAsync();
        var journals = new JournalsAgainstTruth(lake.Data, lake.Simulator.Truth, _kills);
        var derived = await LakeRows.DerivedAsync(lake.Data);
        var stored = LakeRows.Sealed(lake.Data);
        KillRun.Say(Summary(lake, journals, derived, stored));

        var faults = LakeRows.Differences(derived, stored)
            .Concat(derived.Faults).Concat(stored.Faults).Concat(journals.Faults).Concat(Leftovers(lake.Data));
        faults.ShouldBeEmpty($"seed {_seed}");
        derived.Count.ShouldBeGreaterThan(1000);
        journals.TornTails.ShouldBe(_torn, $"seed {_seed}");
        Percentile([.. journals.Lost.Select(l => l.Age)], 0.5).ShouldBeLessThan(UsualLoss);
        journals.Lost.Where(l => l.Journalled > 0).ShouldAllBe(l => l.Age < MostLoss);
        journals.Lost.ShouldAllBe(l => l.Age < LongestOpening);
    }

    async Task RecordAndKillAsync(SimulatedLake lake, SentFrames sent, KillPhase phase)
    {
        using var recorder = lake.Record();
        var usual = _starts.Count == 0 ? TimeSpan.FromMilliseconds(600) : Percentile(_starts, 0.5);
        if (phase == KillPhase.Start)
            await Task.Delay(usual * _random.NextDouble() * 0.5);
        else if (phase == KillPhase.Recovery)
            await Task.Delay(usual * (0.5 + (_random.NextDouble() * 0.5)));
        else
        {
            await recorder.ConnectedAsync();
            await Task.Delay(_random.Next(200, phase == KillPhase.Steady ? 2500 : 600));
        }

        if (phase == KillPhase.Flush)
            recorder.RequestFlush();
        else if (phase == KillPhase.Shutdown)
            recorder.RequestStop();
        if (phase is KillPhase.Flush or KillPhase.Shutdown)
            await Task.Delay(_random.Next(0, 60));
        var kill = sent.Note(phase);
        if (await recorder.KillAsync())
        {
            // More starts a minute than an exchange would allow, which the next recorder would know.
            if (Directory.Exists(lake.Data))
                File.Delete(Path.Combine(lake.Data, "budgets.json"));
            _kills.Add(kill);
            if (phase == KillPhase.Steady)
                TearNewest(lake.Data);
        }

        TakeStart(recorder);
    }

    // A kill hardly ever falls into the one write of a block, a power cut does: the beginning of a block is left behind.
    void TearNewest(string data)
    {
        var newest = JournalFolder.Files(data).MaxBy(f => f.Begin);
        if (newest is null)
            return;
        var bytes = File.ReadAllBytes(newest.FullPath);
        using var file = new FileStream(newest.FullPath, FileMode.Append);
        file.Write(bytes.AsSpan(0, _random.Next(1, 120)));
        _torn++;
    }

    async Task RecordAndStopAsync(SimulatedLake lake)
    {
        using var recorder = lake.Record();
        await recorder.ConnectedAsync();
        await Task.Delay(500);
        recorder.RequestStop();
        (await recorder.ExitAsync()).ShouldBe(0, recorder.Log);
        TakeStart(recorder);
    }

    void TakeStart(RecorderProcess recorder)
    {
        if (recorder.TimeToConnect is { } time)
            _starts.Add(time);
        if (RecoveredRows().Match(recorder.Log) is { Success: true } match)
            _recoveredRows += long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        if (recorder.Log.Contains("Unhandled exception", StringComparison.Ordinal))
            throw new InvalidOperationException(recorder.Log);
    }

    string Summary(SimulatedLake lake, JournalsAgainstTruth journals, LakeRows derived, LakeRows stored)
    {
        var text = new StringBuilder($"{_kills.Count} kills, seed {_seed}\n");
        text.Append("| killed during | kills | sessions that lost | frames lost | p50 | longest before the kill |\n|---|---|---|---|---|---|\n");
        foreach (var phase in Enum.GetValues<KillPhase>())
        {
            var lost = journals.Lost.Where(l => l.Phase == phase).ToList();
            List<TimeSpan> ages = [.. lost.Select(l => l.Age)];
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {phase} | {_kills.Count(k => k.Phase == phase)} | {lost.Count} | {lost.Sum(l => l.Frames)} | {Percentile(ages, 0.5).TotalMilliseconds:F0} ms | {Percentile(ages, 1).TotalMilliseconds:F0} ms |\n");
        }

        foreach (var (connection, journalled, phase, frames, age) in journals.Lost.Where(l => l.Age > UsualLoss))
            text.Append(CultureInfo.InvariantCulture, $"\nlate: connection {connection} killed in {phase}: {journalled} journalled, {frames} lost, the first {age.TotalMilliseconds:F0} ms before");
        var sentFrames = lake.Simulator.Truth.Connections.Sum(c => c.Frames);
        return text.Append(
            CultureInfo.InvariantCulture,
            $"""


            sessions {journals.Sessions}, torn tails {journals.TornTails}
            frames sent {sentFrames}, journalled {journals.Journalled}
            rows of the journals {derived.Count}, in segments {stored.Count}, of them made again at a start (repeatedly where that was killed) {_recoveredRows}
            start to connected: p50 {Percentile(_starts, 0.5).TotalMilliseconds:F0} ms, longest {Percentile(_starts, 1).TotalMilliseconds:F0} ms

            """).ToString();
    }

    static IEnumerable<string> Leftovers(string data) =>
        Directory.EnumerateFileSystemEntries(data, "*.tmp", SearchOption.AllDirectories).Select(p => $"{p} was left over");

    static TimeSpan Percentile(List<TimeSpan> times, double share) =>
        times.Count == 0 ? TimeSpan.Zero : times.Order().ElementAt((int)((times.Count - 1) * share));

    [GeneratedRegex(@"Recovery: \d+ sessions were not finished; (\d+) rows")]
    private static partial Regex RecoveredRows();
}
