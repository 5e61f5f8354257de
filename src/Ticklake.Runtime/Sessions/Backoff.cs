namespace Ticklake.Runtime.Sessions;

/// <summary>
/// Delays between attempts: doubling from the first to the longest, each varied by ±25 % so that many recorders cut off in
/// the same second do not come back in the same second. Never gives up.
/// </summary>
public sealed class Backoff(TimeSpan first, TimeSpan longest, Random random)
{
    const double Jitter = 0.25;

    int _failures;

    public int Failures => _failures;

    public TimeSpan Next()
    {
        var exponent = Math.Min(_failures++, 30);
        var delay = Math.Min(first.TotalMilliseconds * Math.Pow(2, exponent), longest.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(delay * (1 - Jitter + (2 * Jitter * random.NextDouble())));
    }

    /// <summary>Data has arrived: the next failure starts small again.</summary>
    public void Reset() => _failures = 0;
}
