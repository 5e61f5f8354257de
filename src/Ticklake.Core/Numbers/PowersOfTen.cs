namespace Ticklake.Core.Numbers;

/// <summary>The powers of ten that 64 bits hold, and what is done with them.</summary>
static class PowersOfTen
{
    internal const int MaxExponent = 18;

    static ReadOnlySpan<long> Table =>
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000,
        100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000,
        10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000,
    ];

    internal static long Get(int exponent) => Table[exponent];

    /// <summary>The same value with the fewest digits; zero is (0, 0).</summary>
    internal static (ulong Magnitude, int Scale) StripZeros(ulong magnitude, int scale)
    {
        if (magnitude == 0)
            return (0, 0);
        // Binance writes eight fraction digits of which half are zeros.
        while (magnitude % 10_000 == 0)
        {
            magnitude /= 10_000;
            scale -= 4;
        }

        while (magnitude % 10 == 0)
        {
            magnitude /= 10;
            scale--;
        }

        return (magnitude, scale);
    }
}
