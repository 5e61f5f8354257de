namespace Ticklake.Simulator.Market;

/// <summary>One fill. <paramref name="TakerOrder"/> ties the fills of one incoming order together.</summary>
public readonly record struct MarketTrade(
    long Id, long TimeUs, long Price, long Amount, bool TakerBuys, long TakerOrder);
