namespace Ticklake.Simulator.Market;

/// <summary>A price whose total changed; amount 0 = gone.</summary>
public readonly record struct LevelChange(bool IsBid, long Price, long Amount);
