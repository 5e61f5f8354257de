using Ticklake.Simulator.Market;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Bitfinex;

/// <summary>
/// Trades of a funding currency: <c>fte</c> and <c>ftu</c>, otherwise like <see cref="TradesChannel"/>.
/// </summary>
sealed class FundingTradesChannel(BitfinexConnection connection, int chanId, TruthStream stream, FundingMarket market)
    : BitfinexChannel(connection, chanId, stream)
{
    const int SnapshotTrades = 30;

    protected override void Open()
    {
        var latest = market.Trades.TakeLast(SnapshotTrades).Reverse().ToArray();
        var text = Begin().Raw("["u8);
        for (var i = 0; i < latest.Length; i++)
            (i == 0 ? text : text.Raw(","u8)).Trade(latest[i]);
        Send(FrameKind.Snapshot, text.Raw("]"u8), [.. latest.Select(Truth)]);
        market.Traded += OnTrade;
    }

    protected override void Cease() => market.Traded -= OnTrade;

    void OnTrade(FundingTrade trade)
    {
        Send(FrameKind.Trade, Begin().Raw("\"fte\","u8).Trade(trade), [Truth(trade)]);
        Timeline.In(TimeSpan.FromMilliseconds(Connection.Random.Next(30, 51)), () =>
        {
            if (IsLive)
                Send(FrameKind.TradeConfirmation, Begin().Raw("\"ftu\","u8).Trade(trade), [Truth(trade)]);
        });
    }

    static TruthTrade Truth(FundingTrade trade) => new(
        trade.Id,
        ScriptedMarket.Scaled(trade.Rate, FundingMarket.RateScale),
        ScriptedMarket.AmountOf(Math.Abs(trade.Amount)),
        trade.Amount > 0,
        trade.TimeUs);
}
