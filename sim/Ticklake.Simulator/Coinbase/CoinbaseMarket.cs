using Ticklake.Simulator.Market;

namespace Ticklake.Simulator.Coinbase;

/// <summary>One product's market and what all connections share of it.</summary>
sealed class CoinbaseMarket(ScriptedMarket market, Timeline timeline)
{
    // Level 2 changes of both APIs are collected for so long (coinbase.md, summary and 4.5).
    static readonly TimeSpan BookInterval = TimeSpan.FromMilliseconds(50);

    public ScriptedMarket Market => market;

    public SymbolSpec Symbol => market.Symbol;

    public DepthGrid Depth { get; } = new(market, timeline, BookInterval);
}
