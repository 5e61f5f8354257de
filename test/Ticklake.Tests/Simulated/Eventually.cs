using Shouldly;

namespace Ticklake.Tests.Simulated;

/// <summary>Waits for what can be observed, with a deadline: never for a guessed time.</summary>
static class Eventually
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>Returns when it is so; fails with the state of things when the (real) time is over.</summary>
    public static async Task IsTrueAsync(string what, TimeSpan limit, Func<bool> isSo, Func<string> state)
    {
        var began = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(Interval);
        while (!isSo())
        {
            if (TimeProvider.System.GetElapsedTime(began) > limit)
                throw new ShouldAssertException($"Not within {limit.TotalSeconds:F0} s: {what}. {state()}");
            await timer.WaitForNextTickAsync();
        }
    }
}
