using Ticklake.Simulator.Market;

namespace Ticklake.Simulator.Mexc;

/// <summary>A symbol's market with what only MEXC makes of it: increments at two speeds, and when an order last came.</summary>
sealed class MexcMarket
{
    readonly Timeline _timeline;
    DepthGrid? _depth100;
    DepthGrid? _depth10;

    public MexcMarket(ScriptedMarket market, Timeline timeline)
    {
        Market = market;
        _timeline = timeline;
        LastOrderMs = timeline.NowMs;
        market.Stepped += _ => LastOrderMs = timeline.NowMs;
    }

    public ScriptedMarket Market { get; }

    public SymbolSpec Spec => Market.Symbol;

    public string Symbol => Market.Symbol.Symbol;

    public DepthGrid Depth100 => _depth100 ??= new(Market, _timeline, TimeSpan.FromMilliseconds(100));

    /// <summary>From its first subscriber on: a hundred times a second for every symbol would be felt.</summary>
    public DepthGrid Depth10 => _depth10 ??= new(Market, _timeline, TimeSpan.FromMilliseconds(10));

    public long LastOrderMs { get; private set; }
}
