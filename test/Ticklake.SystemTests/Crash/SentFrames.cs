using System.Diagnostics;
using Ticklake.Simulator.Truth;

namespace Ticklake.SystemTests.Crash;

/// <summary>Notes every few milliseconds how far each open connection is, so that a kill knows what was sent when.</summary>
sealed class SentFrames : IAsyncDisposable
{
    const int Remembered = 300;
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    readonly TruthLog _truth;
    readonly PeriodicTimer _timer = new(Interval);
    readonly Lock _lock = new();
    readonly Queue<(long Time, IReadOnlyList<(int Ordinal, long Frames)> Open)> _samples = new();
    readonly Task _loop;

    public SentFrames(TruthLog truth)
    {
        _truth = truth;
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Right before the signal is sent.</summary>
    public Kill Note(KillPhase phase)
    {
        Sample();
        var now = Stopwatch.GetTimestamp();
        lock (_lock)
        {
            var sent = _samples.SelectMany(s => s.Open.Select(o => (o.Ordinal, s.Time, o.Frames)))
                .GroupBy(s => s.Ordinal)
                .ToDictionary(
                    g => g.Key,
                    g => (IReadOnlyList<(TimeSpan, long)>)
                        [.. g.Select(s => (Stopwatch.GetElapsedTime(s.Time, now), s.Frames))]);
            _samples.Clear();
            return new Kill(phase, sent);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _loop;
    }

    async Task RunAsync()
    {
        while (await _timer.WaitForNextTickAsync())
            Sample();
    }

    void Sample()
    {
        var open = _truth.Connections.Where(c => c.Closed is null).Select(c => (c.Ordinal, c.Frames)).ToList();
        lock (_lock)
        {
            _samples.Enqueue((Stopwatch.GetTimestamp(), open));
            if (_samples.Count > Remembered)
                _samples.Dequeue();
        }
    }
}
