using Ticklake.Simulator.Market;

namespace Ticklake.Simulator.Bybit;

/// <summary>
/// The best level of each side, numbered whenever it changed: what <c>orderbook.1</c> publishes. Used with the
/// timeline's gate held.
/// </summary>
sealed class BybitBest
{
    readonly ScriptedMarket _market;

    public BybitBest(ScriptedMarket market)
    {
        _market = market;
        UpdateId = 20_000_000 + (market.LastUpdateId % 1000);
        market.Stepped += OnStep;
        Look();
    }

    public event Action? Changed;

    public BookLevel Bid { get; private set; }

    public BookLevel Ask { get; private set; }

    public long UpdateId { get; private set; }

    public long Sequence { get; private set; }

    void OnStep(MarketStep step)
    {
        if (Look())
            Changed?.Invoke();
    }

    bool Look()
    {
        var (bid, ask) = (_market.Bids.Levels[0] with { Count = 1 }, _market.Asks.Levels[0] with { Count = 1 });
        if ((bid, ask) == (Bid, Ask))
            return false;
        (Bid, Ask, Sequence) = (bid, ask, _market.LastUpdateId);
        UpdateId++;
        return true;
    }
}
