namespace Ticklake.Simulator.Market;

/// <summary>
/// Simulated time and everything due on it, run in order of time and then of scheduling. All state of the simulated
/// exchanges is guarded by <see cref="Gate"/>: the clock loop, the sockets' readers and the queries of tests take it.
/// </summary>
public sealed class Timeline(long startUs)
{
    readonly PriorityQueue<Action, (long AtUs, long Order)> _due = new();
    long _order;

    public Lock Gate { get; } = new();

    public long StartUs { get; } = startUs;

    /// <summary>Simulated microseconds since the Unix epoch.</summary>
    public long NowUs { get; private set; } = startUs;

    public long NowMs => NowUs / 1000;

    /// <summary>Simulated time as the clock behind this timeline has it, which is a little ahead of what has been run.</summary>
    public Func<long>? Clock { get; set; }

    /// <summary>What somebody who looks at the exchange's clock sees.</summary>
    public long ClockMs => (Clock?.Invoke() ?? NowUs) / 1000;

    public void At(long timeUs, Action action) => _due.Enqueue(action, (Math.Max(timeUs, NowUs), _order++));

    public void In(TimeSpan delay, Action action) => At(NowUs + (delay.Ticks / TimeSpan.TicksPerMicrosecond), action);

    /// <summary>Runs at every whole multiple of the interval until the action returns false.</summary>
    public void Every(TimeSpan interval, Func<bool> action)
    {
        var intervalUs = interval.Ticks / TimeSpan.TicksPerMicrosecond;
        At(((NowUs / intervalUs) + 1) * intervalUs, Run);

        void Run()
        {
            if (action())
                At(((NowUs / intervalUs) + 1) * intervalUs, Run);
        }
    }

    /// <summary>Runs everything due up to that moment, which becomes now. Call with the gate held.</summary>
    public void RunUntil(long timeUs)
    {
        while (_due.TryPeek(out var action, out var due) && due.AtUs <= timeUs)
        {
            _due.Dequeue();
            NowUs = Math.Max(NowUs, due.AtUs);
            action();
        }

        NowUs = Math.Max(NowUs, timeUs);
    }
}
