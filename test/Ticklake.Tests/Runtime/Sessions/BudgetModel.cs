using Ticklake.Runtime.Sessions;

namespace Ticklake.Tests.Runtime.Sessions;

/// <summary>
/// A budget that is spent by requests of random weights and latencies, and the other side's view of them: every request
/// arrives at some time between its share and its answer.
/// </summary>
sealed class BudgetModel(RateLimit limit, int latencyMs, int seed) : IDisposable
{
    readonly ManualTimeProvider _clock = new();
    readonly Random _random = new(seed);
    readonly List<(DateTimeOffset At, int Weight)> _arrived = [];
    readonly List<(RateLease Share, DateTimeOffset Arrives, DateTimeOffset Answered, int Weight)> _underWay = [];
    RateBudget? _budget;

    /// <summary>The most that arrived within any window, as the other side counts.</summary>
    public int WorstWindow => _arrived.Max(last => _arrived.Where(a => a.At <= last.At && a.At > last.At - limit.Window).Sum(a => a.Weight));

    public async Task TakeAsync(int requests, int weightMost)
    {
        _budget ??= new RateBudget(limit, _clock);
        for (var i = 0; i < requests; i++)
        {
            var weight = _random.Next(1, weightMost + 1);
            var share = _budget.TakeAsync(weight, CancellationToken.None);
            while (!share.IsCompleted)
            {
                Pass(TimeSpan.FromMilliseconds(_random.Next(1, latencyMs)));
                await Task.Yield();
            }

            var now = _clock.GetUtcNow();
            var arrives = now + TimeSpan.FromMilliseconds(_random.Next(0, latencyMs));
            _underWay.Add((await share, arrives, arrives + TimeSpan.FromMilliseconds(_random.Next(0, latencyMs)), weight));
            if (_random.Next(4) == 0)
                Pass(TimeSpan.FromMilliseconds(_random.Next(0, latencyMs)));
        }
    }

    public void Dispose() => _budget?.Dispose();

    /// <summary>The process dies with requests under way, and another begins with what was written down.</summary>
    public void Restart()
    {
        var written = _budget!.Record();
        Pass(TimeSpan.FromMilliseconds(_random.Next(0, latencyMs)));
        // What was sent before the end arrives before the next process is there.
        foreach (var request in _underWay)
            _arrived.Add((request.Arrives < _clock.GetUtcNow() ? request.Arrives : _clock.GetUtcNow(), request.Weight));
        _underWay.Clear();
        _budget = new RateBudget(limit, _clock);
        _budget.TakeOver(written);
    }

    void Pass(TimeSpan span)
    {
        _clock.Advance(span);
        foreach (var request in _underWay.Where(r => r.Answered <= _clock.GetUtcNow()).ToList())
        {
            _underWay.Remove(request);
            _arrived.Add((request.Arrives, request.Weight));
            request.Share.Dispose();
        }
    }
}
