using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;
using Ticklake.Simulator.Venues;

namespace Ticklake.Simulator.Bybit;

/// <summary>
/// <c>allLiquidation</c>: every liquidation of half a second in one message. Its side is the position's, not the order's
/// (bybit.md 4.7).
/// </summary>
sealed class LiquidationTopic(BybitConnection connection, TruthStream stream, BybitMarket market)
    : VenueStream(connection, stream)
{
    // One taker order in so many closes a position by force.
    const int OneIn = 3;

    readonly List<MarketTrade> _batch = [];

    protected override void Open()
    {
        market.Scripted.Stepped += OnStep;
        Repeat(TimeSpan.FromMilliseconds(500), Flush);
    }

    protected override void Cease() => market.Scripted.Stepped -= OnStep;

    void OnStep(MarketStep step) => _batch.AddRange(step.Trades.Where(t => t.TakerOrder % OneIn == 0));

    void Flush()
    {
        if (_batch.Count == 0)
            return;
        var text = new Utf8Text().Topic(Stream.Name, "snapshot", Timeline.NowMs, market.IsLinear).Raw("["u8);
        for (var i = 0; i < _batch.Count; i++)
        {
            var trade = _batch[i];
            text.Raw(i == 0 ? "{\"T\":"u8 : ",{\"T\":"u8).Integer(trade.TimeUs / 1000).Key("s").Quoted(market.Symbol)
                .Key("S").Quoted(trade.TakerBuys ? "Sell" : "Buy").Key("v").TrimmedQuantity(trade.Amount)
                .Key("p").Price(trade.Price, market).Raw("}"u8);
        }

        Send(FrameKind.Update, text.Raw("]}"u8), rows: _batch.Count);
        _batch.Clear();
    }
}
