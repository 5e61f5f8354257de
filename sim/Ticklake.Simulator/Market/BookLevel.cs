namespace Ticklake.Simulator.Market;

/// <summary>All orders of one price.</summary>
public readonly record struct BookLevel(long Price, long Amount, int Count);
