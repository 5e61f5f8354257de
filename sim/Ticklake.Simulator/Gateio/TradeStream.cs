using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Gateio;

/// <summary><c>spot.trades</c>: every fill, one a message; <c>id_market</c> counts them.</summary>
sealed class TradeStream(ServedConnection connection, TruthStream stream, ScriptedMarket market)
    : GateioStream(connection, stream, market)
{
    // The id and the pair's counter are different numbers, as in the document's example.
    const long CounterBehindId = 1_500_000_000;

    public static long CountOf(MarketTrade trade) => trade.Id - CounterBehindId;

    protected override void Open() => Market.Stepped += OnStep;

    protected override void Cease() => Market.Stepped -= OnStep;

    void OnStep(MarketStep step)
    {
        foreach (var trade in step.Trades)
        {
            var count = CountOf(trade);
            var text = Push("spot.trades").Raw("\"id\":"u8).Integer(trade.Id).Key("id_market").Integer(count)
                .Key("create_time").Integer(trade.TimeUs / 1_000_000)
                .Raw(",\"create_time_ms\":\""u8).Decimals(trade.TimeUs, 3, 3).Raw("000\""u8)
                .Key("side").Quoted(trade.TakerBuys ? "buy" : "sell").Key("currency_pair").Quoted(Symbol.Symbol)
                .Key("amount").TrimmedQuantity(trade.Amount).Key("price").TrimmedPrice(trade.Price, Symbol)
                .Raw(",\"range\":\""u8).Integer(count).Raw("-"u8).Integer(count).Raw("\"}}"u8);
            Send(text, new TruthTrade(
                trade.Id, Market.PriceOf(trade.Price), ScriptedMarket.AmountOf(trade.Amount), trade.TakerBuys, trade.TimeUs));
        }
    }
}
