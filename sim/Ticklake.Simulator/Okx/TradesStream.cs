using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;
using Ticklake.Simulator.Venues;

namespace Ticklake.Simulator.Okx;

/// <summary>
/// <c>trades</c>: the fills of one taker order at one price as one, under the id of the last; first of all the last one from
/// before (okx.md 4.4).
/// </summary>
sealed class TradesStream(OkxConnection connection, TruthStream stream, OkxMarket market)
    : VenueStream(connection, stream)
{
    protected override void Open()
    {
        if (market.Market.Trades.Count > 0)
            SendFolded(Last());
        market.Market.Stepped += OnStep;
    }

    protected override void Cease() => market.Market.Stepped -= OnStep;

    void OnStep(MarketStep step)
    {
        var folded = new List<MarketTrade>();
        foreach (var trade in step.Trades)
        {
            if (folded.Count > 0 && !IsOne(folded[^1], trade))
            {
                SendFolded(folded);
                folded.Clear();
            }

            folded.Add(trade);
        }

        if (folded.Count > 0)
            SendFolded(folded);
    }

    List<MarketTrade> Last()
    {
        var trades = market.Market.Trades;
        return [.. trades.Reverse().TakeWhile(trade => IsOne(trade, trades[^1])).Reverse()];
    }

    static bool IsOne(in MarketTrade one, in MarketTrade other) =>
        one.TakerOrder == other.TakerOrder && one.Price == other.Price;

    void SendFolded(List<MarketTrade> fills)
    {
        var (last, amount) = (fills[^1], fills.Sum(fill => fill.Amount));
        var text = new Utf8Text().Arg("trades", market.Symbol).Raw(",\"data\":[{\"instId\":"u8)
            .Quoted(market.Symbol).Key("tradeId").Digits(last.Id).Key("px").TrimmedPrice(last.Price, market.Market.Symbol)
            .Key("sz").TrimmedQuantity(amount).Key("side").Quoted(last.TakerBuys ? "buy" : "sell")
            .Key("ts").Digits(last.TimeUs / 1000).Key("count").Digits(fills.Count).Key("source").Digits(0)
            .Key("seqId").Integer(market.Depth.SeqId).Raw("}]}"u8);
        var truth = new TruthTrade(
            last.Id, market.Market.PriceOf(last.Price), ScriptedMarket.AmountOf(amount), last.TakerBuys, last.TimeUs);
        connection.Send(new(Stream, FrameKind.Trade, text.ToArray()) { Trades = [truth], FoldedFills = fills.Count });
    }
}
