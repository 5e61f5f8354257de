using Ticklake.Simulator.Market;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Bitfinex;

/// <summary>
/// Trades of a pair: the latest thirty, then <c>te</c> at once and <c>tu</c> 30 to 50 ms later, or never.
/// </summary>
sealed class TradesChannel(BitfinexConnection connection, int chanId, TruthStream stream, ScriptedMarket market)
    : BitfinexChannel(connection, chanId, stream)
{
    const int SnapshotTrades = 30;

    protected override void Open()
    {
        var latest = market.Trades.TakeLast(SnapshotTrades).Reverse().ToArray();
        var text = Begin().Raw("["u8);
        for (var i = 0; i < latest.Length; i++)
            (i == 0 ? text : text.Raw(","u8)).Trade(market.Symbol, latest[i]);
        Send(FrameKind.Snapshot, text.Raw("]"u8), [.. latest.Select(Truth)]);
        market.Stepped += OnStep;
    }

    protected override void Cease() => market.Stepped -= OnStep;

    void OnStep(MarketStep step)
    {
        foreach (var trade in step.Trades)
        {
            Send(FrameKind.Trade, Begin().Raw("\"te\","u8).Trade(market.Symbol, trade), [Truth(trade)]);
            if (Connection.Random.NextDouble() < Connection.Parts.Options.MissingConfirmations)
                continue;
            Timeline.In(TimeSpan.FromMilliseconds(Connection.Random.Next(30, 51)), () => Confirm(trade));
        }
    }

    void Confirm(MarketTrade trade)
    {
        if (IsLive)
            Send(FrameKind.TradeConfirmation, Begin().Raw("\"tu\","u8).Trade(market.Symbol, trade), [Truth(trade)]);
    }

    TruthTrade Truth(MarketTrade trade) =>
        new(trade.Id, market.PriceOf(trade.Price), ScriptedMarket.AmountOf(trade.Amount), trade.TakerBuys,
            trade.TimeUs);
}
