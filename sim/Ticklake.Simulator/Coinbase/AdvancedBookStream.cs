using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Coinbase;

/// <summary><c>level2</c>: the whole book, then changes (coinbase.md 4.8).</summary>
sealed class AdvancedBookStream(CoinbaseAdvancedConnection connection, TruthStream stream, CoinbaseMarket market)
    : AdvancedStream(connection, stream, "l2_data")
{
    protected override void Open()
    {
        var bids = market.Market.Bids.Top(int.MaxValue);
        var asks = market.Market.Asks.Top(int.MaxValue).Reverse();
        // Times of a snapshot are unknown, and its rows come in no promised order.
        SendRows(FrameKind.Snapshot, "snapshot", 0, asks, bids);
        market.Depth.Ready += OnDifference;
    }

    protected override void Cease() => market.Depth.Ready -= OnDifference;

    void OnDifference(DepthDifference difference) =>
        SendRows(FrameKind.Update, "update", Timeline.NowUs, difference.Asks, difference.Bids);

    void SendRows(
        FrameKind kind,
        string type,
        long timeUs,
        IEnumerable<KeyValuePair<long, long>> asks,
        IEnumerable<KeyValuePair<long, long>> bids)
    {
        var text = Begin().Raw("{\"type\":"u8).Quoted(type).Key("product_id").Quoted(market.Symbol.Symbol)
            .Key("updates").Raw("["u8);
        var rows = 0;
        foreach (var (price, amount) in bids)
            Row(text, rows++, "bid", timeUs, price, amount);
        foreach (var (price, amount) in asks)
            Row(text, rows++, "offer", timeUs, price, amount);
        Send(kind, text.Raw("]}]"u8), rows);
    }

    void Row(Utf8Text text, int index, string side, long timeUs, long price, long amount)
    {
        text.Raw(index == 0 ? "{\"side\":"u8 : ",{\"side\":"u8).Quoted(side).Key("event_time");
        if (timeUs == 0)
            text.Raw("\"1970-01-01T00:00:00Z\""u8);
        else
            text.Time(timeUs);
        text.PriceMember("price_level", price, market.Symbol).AmountMember("new_quantity", amount).Raw("}"u8);
    }
}
