using Ticklake.Simulator.Market;

namespace Ticklake.Simulator.Okx;

/// <summary>One instrument with what only OKX makes of its market: a chain of depth differences.</summary>
sealed class OkxMarket
{
    public OkxMarket(ScriptedMarket market, Timeline timeline)
    {
        Market = market;
        Depth = new(market, timeline);
    }

    public ScriptedMarket Market { get; }

    public OkxDepth Depth { get; }

    public string Symbol => Market.Symbol.Symbol;

    /// <summary>Everything but a pair: sizes are contracts.</summary>
    public bool IsDerivative => Symbol.Split('-').Length > 2;
}
