using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Market;

/// <summary>
/// Moves the timeline with the real clock. One loop; after each tick the truth log is flushed, so what was sent is on
/// disk before the next millisecond's frames.
/// </summary>
sealed class SimulatedClock(Timeline timeline, TruthLog truth, SimulatorOptions options, long start)
{
    static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(2);

    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Tick, options.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false))
            {
                var elapsedUs = options.Time.GetElapsedTime(start).TotalMicroseconds * options.Speed;
                lock (timeline.Gate)
                    timeline.RunUntil(timeline.StartUs + (long)elapsedUs);
                truth.Flush();
            }
        }
        catch (OperationCanceledException)
        {
            // The simulation is over.
        }
    }
}
