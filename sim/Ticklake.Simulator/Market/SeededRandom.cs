namespace Ticklake.Simulator.Market;

/// <summary>
/// Random sources that depend on the seed and a name only, so that one market's course never moves another's.
/// </summary>
static class SeededRandom
{
    public static Random For(int seed, string name) => new(unchecked((int)Hash(name) ^ (seed * 16_777_619)));

    /// <summary>FNV-1a, because string.GetHashCode differs from run to run.</summary>
    public static ulong Hash(string text)
    {
        var hash = 14_695_981_039_346_656_037;
        foreach (var c in text)
            hash = unchecked((hash ^ c) * 1_099_511_628_211);
        return hash ^ (hash >> 32);
    }

    public static double Gaussian(this Random random)
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
        return radius * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    /// <summary>The waiting time of a Poisson process, in microseconds.</summary>
    public static long WaitUs(this Random random, double perSecond) =>
        Math.Max(1, (long)(-Math.Log(1 - random.NextDouble()) / perSecond * 1_000_000));
}
