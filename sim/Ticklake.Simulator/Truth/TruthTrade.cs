namespace Ticklake.Simulator.Truth;

/// <summary>One trade as it was sent. The amount is positive; funding trades have their rate as price.</summary>
public sealed record TruthTrade(long Id, decimal Price, decimal Amount, bool TakerBuys, long TimeUs);
