namespace Ticklake.Simulator.Truth;

/// <summary>A symbol that came or went, and when in simulated microseconds.</summary>
public sealed record TruthListing(string Exchange, string Symbol, bool IsListed, long TimeUs);
