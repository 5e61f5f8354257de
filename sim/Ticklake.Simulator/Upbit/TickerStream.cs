using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Upbit;

/// <summary><c>ticker</c>: with every trade.</summary>
sealed class TickerStream(UpbitConnection connection, TruthStream stream, ScriptedMarket market)
    : UpbitStream(connection, stream, market)
{
    protected override void Open()
    {
        SendNow(isSnapshot: true);
        Market.Stepped += OnStep;
    }

    protected override void Cease() => Market.Stepped -= OnStep;

    void OnStep(MarketStep step)
    {
        if (step.Trades.Count > 0)
            SendNow(isSnapshot: false);
    }

    void SendNow(bool isSnapshot)
    {
        var text = Write(Head("ticker"), Market, Naming).Next(Naming, "timestamp", "tms").Integer(Timeline.NowMs);
        SendBinary(FrameKind.Update, Tail(text, isSnapshot), rows: 1);
    }

    /// <summary>The figures, of a frame and of a REST answer alike.</summary>
    public static Utf8Text Write(Utf8Text text, ScriptedMarket market, Naming names)
    {
        var (day, scale) = (market.Day, market.Symbol.PriceScale);
        var change = day.Last - day.Open;
        return text.Next(names, "opening_price", "op").Java(day.Open, scale).Next(names, "high_price", "hp").Java(day.High, scale)
            .Next(names, "low_price", "lp").Java(day.Low, scale).Next(names, "trade_price", "tp").Java(day.Last, scale)
            .Next(names, "prev_closing_price", "pcp").Java(day.Open, scale)
            .Next(names, "change", "c").Quoted(change > 0 ? "RISE" : change < 0 ? "FALL" : "EVEN")
            .Next(names, "signed_change_price", "scp").Decimals(change, scale, scale)
            .Next(names, "signed_change_rate", "scr").Decimals((decimal)change / day.Open, 10)
            .Next(names, "trade_volume", "tv").Java(day.LastAmount, SymbolSpec.AmountScale)
            .Next(names, "acc_trade_volume", "atv").Java(day.Volume, SymbolSpec.AmountScale)
            .Next(names, "acc_trade_volume_24h", "atv24h").Java(day.Volume, SymbolSpec.AmountScale)
            .Next(names, "market_state", "ms").Quoted("ACTIVE").Next(names, "delisting_date", "dd").Raw("null"u8);
    }
}
