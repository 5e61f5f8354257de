namespace Ticklake.Simulator.Market;

/// <summary>One resting order; price in the symbol's grid, amount in 10^-8.</summary>
public readonly record struct RestingOrder(long Id, long Price, long Amount);
