using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Ticklake.Runtime.Configuration;
using Ticklake.Runtime.Journal;
using Ticklake.Runtime.Pipeline;
using Ticklake.Runtime.Recording;
using Ticklake.Runtime.Sessions;
using Ticklake.Simulator;
using Ticklake.Simulator.Faults;

namespace Ticklake.Tests.Simulated;

/// <summary>
/// A whole recorder against simulated exchanges in one process, both on one clock that runs <see cref="Pace"/> times as fast
/// as the world's. The market can be frozen, so that what was recorded can be compared with what is true.
/// </summary>
sealed class RecordingRig : IAsyncDisposable
{
    public const int Pace = 10;
    public const int Seed = 20261121;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    // The exchanges' fastest streams tick at multiples of this: stopping there leaves nothing unsent.
    static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    readonly AcceleratedClock _clock;
    readonly CancellationTokenSource _freeze = new();
    readonly ConcurrentQueue<IntegrityEvent> _findings = new();
    readonly RecorderOptions _options;
    readonly Task _pump;
    CancellationTokenSource _stop = new();
    Recorder _recorder;
    Task _run;
    TimeSpan _moved;

    RecordingRig(
        ExchangeSimulator simulator,
        AcceleratedClock clock,
        IReadOnlyList<string> exchanges,
        Func<RecorderOptions, RecorderOptions>? configure)
    {
        _clock = clock;
        Simulator = simulator;
        Data = Directory.CreateTempSubdirectory("ticklake-rig-").FullName;
        var options = new RecorderOptions
        {
            Data = Data,
            Markets = [.. exchanges.Select(venue => RiggedMarket.Of(venue).Options(Simulator))],
            // Every hundred milliseconds of the world would be too often for a disk that all cases share.
            Journal = new JournalSettings { Files = new JournalOptions { SyncInterval = TimeSpan.FromSeconds(20) } },
            // Answers that make no rows would be counted as if they did.
            Session = new SessionTiming { FirstDataTimeout = TimeSpan.FromSeconds(20), ReconcileInterval = null },
        };
        _options = configure?.Invoke(options) ?? options;
        _recorder = CreateRecorder();
        _pump = PumpAsync(_clock.GetUtcNow());
        _run = Task.Run(() => _recorder.RunAsync(_stop.Token));
    }

    public ExchangeSimulator Simulator { get; }

    public string Data { get; }

    /// <summary>What is free of the recorder's disk, as it is told.</summary>
    public long FreeBytes { get; set; } = long.MaxValue;

    public DateTimeOffset Now => _clock.GetUtcNow();

    public IReadOnlyCollection<IntegrityEvent> Findings => _findings;

    public IReadOnlyList<ConnectionStatus> Connections => _recorder.Status().Connections;

    public RecorderStatus Status => _recorder.Status();

    public IReadOnlyList<SelectionStatus> Selections => _recorder.Status().Selections;

    public IReadOnlyList<PolledDepth> Polled => _options.Markets[0].Polled;

    public ConnectionStatus Connection => Connections[0];

    /// <summary>Starts both; what must go wrong from the first frame on is armed before the recorder connects.</summary>
    public static async Task<RecordingRig> StartAsync(
        IReadOnlyList<string> exchanges,
        IEnumerable<FaultSpec>? beforehand = null,
        Func<RecorderOptions, RecorderOptions>? configure = null,
        Func<SimulatorOptions, SimulatorOptions>? simulate = null)
    {
        var clock = new AcceleratedClock(Pace);
        var simulated = new SimulatorOptions
        {
            LimitClock = clock,
            IsManual = true,
            Seed = Seed,
            EventsPerSecond = 12,
            Symbols = RiggedMarket.All.ToDictionary(m => m.Venue, m => (IReadOnlyList<string>)[m.Symbol]),
        };
        var simulator = await ExchangeSimulator.StartAsync(simulate?.Invoke(simulated) ?? simulated);
        simulator.Advance(TimeSpan.FromSeconds(5));
        foreach (var fault in beforehand ?? [])
            simulator.Faults.Arm(fault);
        var rig = new RecordingRig(simulator, clock, exchanges, configure);
        await rig.UntilAsync("the recorder has started", () => rig._recorder.Status().Connections.Count >= exchanges.Count);
        return rig;
    }

    public Task UntilAsync(string what, Func<bool> isSo) => Eventually.IsTrueAsync(what, Patience, isSo, Describe);

    public Task AllLiveAsync() => UntilAsync("every stream delivers", () => IsLive);

    public bool IsLive => _recorder.Status().Connections is { Count: > 0 } all
        && all.All(c => c.State is "connected" or ConnectionStatus.Polling && c.Live == c.Streams);

    /// <summary>Lets simulated time pass, by the simulation's own count.</summary>
    public Task PassAsync(TimeSpan span)
    {
        var until = Simulator.Now + span;
        return UntilAsync($"{span} pass", () => Simulator.Now >= until);
    }

    /// <summary>Stops the market and waits until the recorder has taken every frame sent.</summary>
    public async Task FreezeAsync()
    {
        await _freeze.CancelAsync();
        await _pump;
        await UntilAsync("everything sent is recorded", () => Connections.GroupBy(c => c.Market).All(IsCaughtUp));
    }

    /// <summary>After <see cref="FreezeAsync"/>: until every rebuilt book of the venue is the simulator's.</summary>
    public Task BooksAreTrueAsync(string venue) => Eventually.IsTrueAsync(
        "books equal the truth",
        TimeSpan.FromSeconds(20),
        () => TrueBooks.Difference(this, venue) is null,
        () => TrueBooks.Difference(this, venue) + Describe());

    /// <summary>Ends the recording gracefully.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _run.WaitAsync(Patience);
    }

    /// <summary>After <see cref="StopAsync"/>: another recorder on the same lake and the same exchanges.</summary>
    public async Task StartAgainAsync()
    {
        await _recorder.DisposeAsync();
        _stop.Dispose();
        _stop = new CancellationTokenSource();
        _recorder = CreateRecorder();
        _run = Task.Run(() => _recorder.RunAsync(_stop.Token));
        await UntilAsync("the recorder has started again", () => _recorder.Status().Connections.Count >= _options.Markets.Count);
        await AllLiveAsync();
    }

    Recorder CreateRecorder() => new(_options, _clock, NullLogger.Instance)
    {
        Observer = _findings.Enqueue,
        FreeBytes = () => FreeBytes,
    };

    public Task<int> FlushAsync() => _recorder.FlushAsync();

    public string Describe()
    {
        var findings = _findings.Select(
            f => $"{f.Kind} {f.Stream?.ChannelName} {f.Rule} expected {f.Expected} saw {f.Seen} line {f.LineNumber}");
        var connections = Simulator.Truth.Connections.Select(c => $"{c.Ordinal} {c.Exchange} {c.Frames} {c.Closed}");
        return $"seed {Seed}; findings: [{string.Join("; ", findings)}]; faults: [{string.Join("; ", Simulator.Truth.Faults)}]; "
            + $"{string.Join("; ", Connections)}; truth: {string.Join("; ", connections)}; "
            + $"run: {_run.Status} {_run.Exception?.InnerException?.Message}";
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _freeze.CancelAsync();
        await _pump;
        await _run.ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(Patience);
        await _recorder.DisposeAsync();
        await Simulator.DisposeAsync();
        Directory.Delete(Data, recursive: true);
        _stop.Dispose();
        _freeze.Dispose();
    }

    bool IsCaughtUp(IGrouping<string, ConnectionStatus> market)
    {
        var venue = RiggedMarket.VenueOf(market.Key);
        var open = Simulator.Truth.Connections.Where(c => c.Exchange == venue && c.Closed is null).ToList();
        return market.All(c => c.State is "connected" or ConnectionStatus.Polling)
            && open.Count == market.Count(c => c.State == "connected")
            && open.Sum(c => c.Frames) == market.Sum(c => c.Frames);
    }

    // The simulation follows the recorder's clock in whole steps.
    async Task PumpAsync(DateTimeOffset began)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        try
        {
            while (await timer.WaitForNextTickAsync(_freeze.Token))
            {
                var due = (int)((_clock.GetUtcNow() - began - _moved) / Step) * Step;
                if (due <= TimeSpan.Zero)
                    continue;
                // A stalled machine must not make a silence of its own.
                Simulator.Advance(due);
                _moved += due;
            }
        }
        catch (OperationCanceledException)
        {
            // Frozen.
        }
    }
}
