using System.Globalization;
using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Coinbase;

/// <summary><c>market_trades</c>: recent ones, then those of each 250 ms, newest first (coinbase.md 4.9).</summary>
sealed class AdvancedTradesStream(CoinbaseAdvancedConnection connection, TruthStream stream, CoinbaseMarket market)
    : AdvancedStream(connection, stream, "market_trades")
{
    const int SnapshotTrades = 50;

    readonly List<MarketTrade> _collected = [];

    protected override void Open()
    {
        SendTrades("snapshot", [.. market.Market.Trades.TakeLast(SnapshotTrades)]);
        market.Market.Stepped += OnStep;
        Repeat(TimeSpan.FromMilliseconds(250), SendCollected);
    }

    protected override void Cease() => market.Market.Stepped -= OnStep;

    void OnStep(MarketStep step) => _collected.AddRange(step.Trades);

    void SendCollected()
    {
        if (_collected.Count == 0)
            return;
        SendTrades("update", _collected);
        _collected.Clear();
    }

    void SendTrades(string type, List<MarketTrade> trades)
    {
        var text = Begin().Raw("{\"type\":"u8).Quoted(type).Key("trades").Raw("["u8);
        for (var i = trades.Count - 1; i >= 0; i--)
        {
            var trade = trades[i];
            text.Raw(i == trades.Count - 1 ? "{\"trade_id\":"u8 : ",{\"trade_id\":"u8)
                .Quoted(trade.Id.ToString(CultureInfo.InvariantCulture)).Key("product_id").Quoted(market.Symbol.Symbol)
                .PriceMember("price", trade.Price, market.Symbol).AmountMember("size", trade.Amount)
                .Key("side").Quoted(trade.MakerSide().ToUpperInvariant()).Key("time").Time(trade.TimeUs).Raw("}"u8);
        }

        Send(text.Raw("]}]"u8), [.. trades.Select(t => t.ToTruth(market.Market))]);
    }
}
