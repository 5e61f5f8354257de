using Ticklake.Simulator.Market;

namespace Ticklake.Simulator.Binance;

/// <summary>The fills of one taker order at one price, as Binance reports them.</summary>
readonly record struct AggregateTrade(
    long Id, long Price, long Amount, long FirstTradeId, long LastTradeId, long TimeUs, bool TakerBuys, long TakerOrder)
{
    public static AggregateTrade Of(long id, MarketTrade trade) =>
        new(id, trade.Price, trade.Amount, trade.Id, trade.Id, trade.TimeUs, trade.TakerBuys, trade.TakerOrder);

    public bool Takes(MarketTrade trade) => TakerOrder == trade.TakerOrder && Price == trade.Price;

    public AggregateTrade With(MarketTrade trade) =>
        this with { Amount = Amount + trade.Amount, LastTradeId = trade.Id };
}
