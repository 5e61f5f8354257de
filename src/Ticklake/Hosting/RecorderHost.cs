using Microsoft.Extensions.Logging;
using Ticklake.Commands;
using Ticklake.Runtime.Configuration;
using Ticklake.Runtime.Recording;

namespace Ticklake.Hosting;

/// <summary>Runs a recorder as a process: lock, signals, log, live view, status file, exit code.</summary>
sealed class RecorderHost(RecorderOptions options)
{
    static readonly TimeSpan StatusInterval = TimeSpan.FromSeconds(1);

    /// <summary>Shown above the live view.</summary>
    public string? Banner { get; init; }

    /// <summary>Stop by itself after this time.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Runs after the recorder has sealed everything.</summary>
    public Func<ValueTask>? Stopped { get; init; }

    public async Task<int> RunAsync()
    {
        using var taken = LakeLock.TryTake(options.Data);
        if (taken is null)
        {
            SharedOptions.Complain($"Another recorder works in {options.Data}. Stop it, or choose another data directory.");
            return ExitCodes.Failed;
        }

        var live = Console.IsOutputRedirected || options.Log.Format == LogFormat.Json ? null : new LiveView(Banner);
        using var factory = Logging.Create(options.Log, live?.Log);
        var log = factory.CreateLogger("ticklake");
        await using var recorder = new Recorder(options, TimeProvider.System, log);
        using var signals = new StopSignals(() => _ = recorder.FlushAsync());
        if (Duration is { } duration)
            signals.StopAfter(duration);
        if (live is null && Banner is not null)
            HostMessages.Banner(log, Banner);
        return await RunAsync(recorder, signals, live, log);
    }

    async Task<int> RunAsync(Recorder recorder, StopSignals signals, LiveView? live, ILogger log)
    {
        var run = Task.Run(() => recorder.RunAsync(signals.Stop));
        using var shown = new CancellationTokenSource();
        var watching = WatchAsync(recorder, live, shown.Token);
        // The graceful end has its time from the moment it is asked for, not from the start.
        await Task.WhenAny(run, Task.Delay(Timeout.Infinite, signals.Stop));
        var inTime = await Task.WhenAny(run, Task.Delay(options.Session.StopTimeout)) == run;
        await shown.CancelAsync();
        await watching;
        if (!inTime)
        {
            HostMessages.StopTimeout(log, options.Session.StopTimeout);
            return ExitCodes.Failed;
        }

        try
        {
            await run;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            SharedOptions.Complain($"The recorder stopped: {e.Message}");
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException)
        {
            // Stopped while it was still recovering.
        }

        StatusFile.Write(options.Data, recorder.Status() with { State = "stopped" });
        if (Stopped is not null)
            await Stopped();
        HostMessages.Stopped(log);
        live?.Summarise(recorder.Status());
        return ExitCodes.Success;
    }

    async Task WatchAsync(Recorder recorder, LiveView? live, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(StatusInterval);
        var view = live?.RunAsync(recorder.Status, stop) ?? Task.CompletedTask;
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
                StatusFile.Write(options.Data, recorder.Status());
        }
        catch (OperationCanceledException)
        {
            // The end.
        }

        await view;
    }
}
