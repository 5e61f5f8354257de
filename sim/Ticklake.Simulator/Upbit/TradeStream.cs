using System.Globalization;
using Ticklake.Simulator.Market;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Upbit;

/// <summary><c>trade</c>: the last old trade, then every fill. Ids are unique, beyond 2^53 and in no order.</summary>
sealed class TradeStream(UpbitConnection connection, TruthStream stream, ScriptedMarket market)
    : UpbitStream(connection, stream, market)
{
    const int IdsPerMillisecond = 10_000;

    public static long IdOf(MarketTrade trade) =>
        (trade.TimeUs / 1000 * IdsPerMillisecond) + (trade.Id * 7_919 % IdsPerMillisecond);

    protected override void Open()
    {
        if (Market.Trades.Count > 0)
            SendTrade(Market.Trades[^1], isSnapshot: true);
        Market.Stepped += OnStep;
    }

    protected override void Cease() => Market.Stepped -= OnStep;

    void OnStep(MarketStep step)
    {
        foreach (var trade in step.Trades)
            SendTrade(trade, isSnapshot: false);
    }

    void SendTrade(MarketTrade trade, bool isSnapshot)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(trade.TimeUs / 1000);
        var (bid, ask) = (Market.Bids.Levels[0], Market.Asks.Levels[0]);
        var text = Head("trade").Next(Naming, "timestamp", "tms").Integer(Timeline.NowMs)
            .Next(Naming, "trade_date", "td").Quoted(at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
            .Next(Naming, "trade_time", "ttm").Quoted(at.ToString("HH:mm:ss", CultureInfo.InvariantCulture))
            .Next(Naming, "trade_timestamp", "ttms").Integer(trade.TimeUs / 1000)
            .Next(Naming, "trade_price", "tp").Decimals(trade.Price, Symbol.PriceScale, 8)
            .Next(Naming, "trade_volume", "tv").Java(trade.Amount, SymbolSpec.AmountScale)
            .Next(Naming, "ask_bid", "ab").Quoted(trade.TakerBuys ? "BID" : "ASK")
            .Next(Naming, "sequential_id", "sid").Integer(IdOf(trade))
            .Next(Naming, "best_ask_price", "bap").Java(ask.Price, Symbol.PriceScale)
            .Next(Naming, "best_ask_size", "bas").Java(ask.Amount, SymbolSpec.AmountScale)
            .Next(Naming, "best_bid_price", "bbp").Java(bid.Price, Symbol.PriceScale)
            .Next(Naming, "best_bid_size", "bbs").Java(bid.Amount, SymbolSpec.AmountScale);
        SendBinary(Tail(text, isSnapshot), new TruthTrade(
            IdOf(trade), Market.PriceOf(trade.Price), ScriptedMarket.AmountOf(trade.Amount), trade.TakerBuys, trade.TimeUs));
    }
}
