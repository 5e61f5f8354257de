namespace Ticklake.Simulator.Market;

/// <summary>How one symbol's market starts and how its numbers are scaled.</summary>
/// <param name="Symbol">The exchange's name: <c>tBTCUSD</c>, <c>BTCUSDT</c>.</param>
/// <param name="StartPrice">Opening price in units of 10^-<paramref name="PriceScale"/>.</param>
/// <param name="PriceScale">Digits after the point of the price grid.</param>
/// <param name="TypicalAmount">Middle order size in units of 10^-8 of the base asset.</param>
public sealed record SymbolSpec(string Symbol, long StartPrice, int PriceScale, long TypicalAmount)
{
    /// <summary>Amounts are whole numbers of 10^-8.</summary>
    public const int AmountScale = 8;

    const long One = 100_000_000;

    static readonly SymbolSpec[] Known =
    [
        new("tBTCUSD", 64_210, 0, One / 4),
        new("tETHUSD", 31_205, 1, One * 2),
        new("tLTCUSD", 83_125, 3, One * 10),
        new("tDUSK:USD", 21_345, 5, One * 400),
        // The grid of 10^-8 around 10^-6 makes prices on both sides of JavaScript's exponent border.
        new("tXRPBTC", 103, 8, One * 5_000),
        new("BTCUSDT", 6_421_000, 2, One / 10),
        new("ETHUSDT", 312_050, 2, One),
        new("BNBUSDT", 58_120, 2, One * 3),
        new("XRPBTC", 1_050, 8, One * 800),
        new("BTC-USD", 6_421_000, 2, One / 10),
        new("ETH-USD", 312_050, 2, One),
        new("DOGEUSDT", 12_345, 5, One * 900),
        new("BTCPERP", 642_080, 1, One / 10),
        // Prices of won have nine digits: a Java server writes them with an exponent.
        new("KRW-BTC", 133_929_000, 0, One / 20),
    ];

    /// <summary>The built-in start of a symbol, or one derived from its name.</summary>
    public static SymbolSpec For(string symbol)
    {
        foreach (var spec in Known)
        {
            if (spec.Symbol == symbol)
                return spec;
        }

        var hash = SeededRandom.Hash(symbol);
        return new(symbol, 20_000 + (long)(hash % 60_000), (int)((hash >> 20) % 5),
            One * (1 + (long)((hash >> 30) % 50)));
    }
}
