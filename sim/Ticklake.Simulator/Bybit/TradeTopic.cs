using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;
using Ticklake.Simulator.Venues;

namespace Ticklake.Simulator.Bybit;

/// <summary>
/// <c>publicTrade</c>: the fills of a step in one message, which calls itself a snapshot and is none; they share a
/// cross sequence.
/// </summary>
sealed class TradeTopic(BybitConnection connection, TruthStream stream, BybitMarket market)
    : VenueStream(connection, stream)
{
    long _lastPrice;

    protected override void Open() => market.Scripted.Stepped += OnStep;

    protected override void Cease() => market.Scripted.Stepped -= OnStep;

    void OnStep(MarketStep step)
    {
        if (step.Trades.Count == 0)
            return;
        var text = new Utf8Text().Topic(Stream.Name, "snapshot", Timeline.NowMs, market.IsLinear).Raw("["u8);
        for (var i = 0; i < step.Trades.Count; i++)
            Write(i == 0 ? text : text.Raw(","u8), step.Trades[i]);
        Send(text.Raw("]}"u8), [.. step.Trades.Select(t => new TruthTrade(
            t.Id, market.Scripted.PriceOf(t.Price), ScriptedMarket.AmountOf(t.Amount), t.TakerBuys, t.TimeUs))]);
    }

    void Write(Utf8Text text, in MarketTrade trade)
    {
        text.Raw("{\"T\":"u8).Integer(trade.TimeUs / 1000).Key("s").Quoted(market.Symbol)
            .Key("S").Quoted(trade.TakerBuys ? "Buy" : "Sell").Key("v").TrimmedQuantity(trade.Amount)
            .Key("p").Price(trade.Price, market);
        if (market.IsLinear)
            text.Key("L").Quoted(trade.Price >= _lastPrice ? "PlusTick" : "MinusTick");
        text.Key("i").Quoted(market.TradeId(trade.Id)).Key("BT").Flag(false);
        if (market.IsLinear)
            text.Key("RPI").Flag(false);
        text.Key("seq").Integer(market.Scripted.LastUpdateId).Raw("}"u8);
        _lastPrice = trade.Price;
    }
}
