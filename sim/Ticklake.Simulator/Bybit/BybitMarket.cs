using Ticklake.Simulator.Market;

namespace Ticklake.Simulator.Bybit;

/// <summary>
/// A symbol's market with what only Bybit makes of it: a book per depth, each with update ids of its own.
/// </summary>
sealed class BybitMarket
{
    public BybitMarket(ScriptedMarket scripted, Timeline timeline, bool isLinear)
    {
        Scripted = scripted;
        IsLinear = isLinear;
        Best = new BybitBest(scripted);
        Depths =
        [
            new BybitDepth(scripted, timeline, 50, TimeSpan.FromMilliseconds(20)),
            new BybitDepth(scripted, timeline, 200, TimeSpan.FromMilliseconds(100)),
            new BybitDepth(scripted, timeline, 1000, TimeSpan.FromMilliseconds(200)),
        ];
    }

    public ScriptedMarket Scripted { get; }

    public SymbolSpec Spec => Scripted.Symbol;

    public string Symbol => Spec.Symbol;

    public bool IsLinear { get; }

    /// <summary>Level 1.</summary>
    public BybitBest Best { get; }

    public IReadOnlyList<BybitDepth> Depths { get; }

    public BybitDepth? Depth(string levels) => Depths.FirstOrDefault(d => d.Levels.ToString(null, null) == levels);

    /// <summary>A UUID on linear, a number on spot.</summary>
    public string TradeId(long id) => IsLinear
        ? $"0a1b2c3d-4e5f-5a6b-8c7d-{id.ToString("D12", null)}"
        : id.ToString(null, null);
}
