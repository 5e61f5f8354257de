using Microsoft.Extensions.Logging;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Runtime.Sessions;
using Ticklake.Runtime.Telemetry;

namespace Ticklake.Runtime.Clocks;

/// <summary>
/// Compares our clock with a market's server at the start and from time to time, through the market's weight budget, and looks
/// out for steps of ours. What it finds goes to the market's journal. One task.
/// </summary>
/// <param name="market">The market.</param>
/// <param name="source">Where its time is told, or null where nowhere.</param>
/// <param name="settings">How often, and what is worth a warning.</param>
/// <param name="fetcher">Asks.</param>
/// <param name="clock">Our clock.</param>
/// <param name="log">The recorder's log.</param>
sealed class ClockWatch(
    MarketId market, ServerTimeSource? source, ClockSettings settings, SnapshotFetcher fetcher, TimeProvider clock, ILogger log)
{
    const int OkStatus = 200;
    const int Probes = 5;
    const double Jitter = 0.1;

    // Apart by fractions of a second: a header that counts seconds is seen at several places within one.
    static readonly TimeSpan HeaderPause = TimeSpan.FromMilliseconds(370);
    static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(10);

    // A program that starts is slow: its first measurement is its worst.
    static readonly TimeSpan FirstInterval = TimeSpan.FromSeconds(30);

    readonly ClockSteps _steps = new(clock);

    /// <summary>What is known.</summary>
    public ServerClock Known { get; init; } = new();

    /// <summary>Takes what is to be journalled.</summary>
    public Action<Occurrence> Declare { get; init; } = static _ => { };

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            for (var interval = FirstInterval; ; interval = settings.Interval)
            {
                await MeasureAsync(stop).ConfigureAwait(false);
                var pause = (interval < settings.Interval ? interval : settings.Interval) * (1 - Jitter + (2 * Jitter * Random.Shared.NextDouble()));
                for (var began = clock.GetTimestamp(); clock.GetElapsedTime(began) < pause && !HasStepped();)
                {
                    var rest = pause - clock.GetElapsedTime(began);
                    await Task.Delay(rest < LookInterval ? Longer(rest) : LookInterval, clock, stop).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The recorder stops.
        }
    }

    /// <summary>Asks some times and keeps what the answers bound together.</summary>
    public async Task MeasureAsync(CancellationToken stop)
    {
        if (source is null)
            return;
        var samples = new List<ClockSample>();
        for (var i = 0; i < Probes; i++)
        {
            if (i > 0 && source.IsDateHeader)
                await Task.Delay(HeaderPause, clock, stop).ConfigureAwait(false);
            if (await ProbeAsync(source, stop).ConfigureAwait(false) is { } sample)
                samples.Add(sample);
        }

        if (ClockMeasurement.Of(samples, source.Slack, source.Name, clock.GetUtcNow()) is not { } measured)
        {
            LogMessages.ClockUnknown(log, market.ToString(), source.Name);
            return;
        }

        Known.Latest = measured;
        Declare(measured.ToOccurrence());
        if (measured.CertainlyExceeds(settings.WarnOffset))
        {
            LogMessages.ClockOffset(
                log, market.ToString(), measured.OffsetUs / 1000.0, measured.UncertaintyUs / 1000.0, measured.Source);
        }
    }

    async Task<ClockSample?> ProbeAsync(ServerTimeSource from, CancellationToken stop)
    {
        if (await fetcher.FetchAsync(from.Request, stop).ConfigureAwait(false) is not { Status: OkStatus } answer)
            return null;
        return (from.IsDateHeader ? answer.Date : from.Read(answer.Body)) is { } told
            ? new ClockSample(answer.SentAt, answer.Rtt, told)
            : null;
    }

    bool HasStepped()
    {
        if (_steps.Look() is not { } step)
            return false;
        LogMessages.ClockStepped(log, market.ToString(), step.TotalMilliseconds);
        Declare(Occurrence.With("clock_step", [("step_us", (long)step.TotalMicroseconds)]));
        return true;
    }

    static TimeSpan Longer(TimeSpan rest) => rest < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : rest;
}
