using Shouldly;
using Ticklake.Runtime.Configuration;
using Ticklake.Runtime.Recording;
using Ticklake.Stores.Segments;
using Xunit;

namespace Ticklake.SystemTests.Crash;

public sealed class RecorderTests
{
    const double EventsPerSecond = 400;
    static readonly TimeSpan Step = TimeSpan.FromSeconds(-30);

    readonly SteppingClock _clock = new();
    readonly HeardLog _log = new();

    [Fact]
    public async Task A_clock_set_back_harms_nothing_and_every_row_is_where_its_own_time_says()
    {
        await using var lake = await SimulatedLake.CreateAsync(EventsPerSecond, seed: 11);
        await RecordAsync(Options(lake), async () =>
        {
            await Task.Delay(1500);
            _clock.Step(Step);
            // Beyond the next rotation: a session begins, by the clock, before the one it follows.
            await Task.Delay(3000);
        });
        await lake.StopExchangesAsync();
        (await lake.FaultsAsync()).ShouldBeEmpty();
        var segments = new SegmentCatalog(lake.Data, DiskFileSystem.Instance).Manifests().Select(e => e.Manifest).ToList();
        segments.ShouldAllBe(m => m.FirstRecvUs / 1_000_000 == m.LastRecvUs / 1_000_000);
        (segments.Max(m => m.LastRecvUs) - segments.Min(m => m.FirstRecvUs)).ShouldBeGreaterThan(25_000_000);
    }

    [Fact]
    public async Task Rows_that_the_store_turned_away_are_made_again_while_the_recorder_goes_on()
    {
        await using var lake = await SimulatedLake.CreateAsync(EventsPerSecond, seed: 12);
        var options = Options(lake) with { MostQueuedRows = 300, FinishInterval = TimeSpan.FromMilliseconds(200) };
        await RecordAsync(options, () => _log.HeardAsync("Caught up: "));
        _log.Lines.ShouldContain(l => l.StartsWith("The segments are written too slowly", StringComparison.Ordinal));
        // The last sessions are left to the next start.
        await RecordAsync(options with { MostQueuedRows = 2_000_000 }, () => Task.Delay(500));
        await lake.StopExchangesAsync();
        (await lake.FaultsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_ended_session_is_noted_as_finished_while_the_recorder_runs()
    {
        await using var lake = await SimulatedLake.CreateAsync(EventsPerSecond, seed: 13);
        var options = Options(lake) with { FinishInterval = TimeSpan.FromMilliseconds(200) };
        await RecordAsync(options, async () =>
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (!Directory.EnumerateFiles(lake.Data, "complete.json", SearchOption.AllDirectories).Any())
                await timer.WaitForNextTickAsync(patience.Token);
        });
        await lake.StopExchangesAsync();
        (await lake.FaultsAsync()).ShouldBeEmpty();
    }

    static RecorderOptions Options(SimulatedLake lake) =>
        ConfigLoader.Load(lake.Configuration, new Dictionary<string, string>()).Options!;

    async Task RecordAsync(RecorderOptions options, Func<Task> meanwhile)
    {
        await using var recorder = new Recorder(options, _clock, _log);
        using var stop = new CancellationTokenSource();
        var run = recorder.RunAsync(stop.Token);
        await Task.WhenAny(run, meanwhile());
        await stop.CancelAsync();
        await run;
    }
}
