namespace Ticklake.Simulator.Market;

/// <summary>What all markets of one exchange share.</summary>
/// <param name="Seed">The same seed and start give the same course of every market.</param>
/// <param name="EventsPerSecond">Steps per simulated second and symbol; 0 = the markets stand still.</param>
/// <param name="Timeframes">Candle lengths the exchange offers.</param>
/// <param name="FillsEmptyBuckets">Whether a bucket without trades has a candle.</param>
sealed record MarketPace(int Seed, double EventsPerSecond, IReadOnlyList<Timeframe> Timeframes, bool FillsEmptyBuckets);
