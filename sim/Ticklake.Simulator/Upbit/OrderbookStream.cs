using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Upbit;

/// <summary><c>orderbook</c>: the best levels whole, whenever they changed within a tenth of a second.</summary>
sealed class OrderbookStream(UpbitConnection connection, TruthStream stream, ScriptedMarket market, int depth)
    : UpbitStream(connection, stream, market)
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    long _sent;

    protected override void Open()
    {
        SendBook(isSnapshot: true);
        Repeat(Interval, SendIfChanged);
    }

    void SendIfChanged()
    {
        if (Market.LastUpdateId != _sent)
            SendBook(isSnapshot: false);
    }

    void SendBook(bool isSnapshot)
    {
        _sent = Market.LastUpdateId;
        var text = Head("orderbook").Next(Naming, "timestamp", "tms").Integer(Timeline.NowMs);
        var rows = Write(text, Market, depth, Naming);
        SendBinary(FrameKind.Snapshot, Tail(text.Next(Naming, "level", "lv").Raw("0"u8), isSnapshot), rows);
    }

    /// <summary>Sums and units, of a frame and of a REST answer alike; the number of levels.</summary>
    public static int Write(Utf8Text text, ScriptedMarket market, int depth, Naming names)
    {
        var (bids, asks) = (market.Bids.Levels.Take(depth).ToList(), market.Asks.Levels.Take(depth).ToList());
        var scale = market.Symbol.PriceScale;
        text.Next(names, "total_ask_size", "tas").Java(asks.Sum(l => l.Amount), SymbolSpec.AmountScale)
            .Next(names, "total_bid_size", "tbs").Java(bids.Sum(l => l.Amount), SymbolSpec.AmountScale)
            .Next(names, "orderbook_units", "obu").Raw("["u8);
        for (var i = 0; i < Math.Max(bids.Count, asks.Count); i++)
        {
            // A side with fewer levels has zeros.
            var bid = i < bids.Count ? bids[i] : default;
            var ask = i < asks.Count ? asks[i] : default;
            text.Raw(i == 0 ? "{"u8 : ",{"u8).Name(names, "ask_price", "ap").Java(ask.Price, scale)
                .Next(names, "bid_price", "bp").Java(bid.Price, scale)
                .Next(names, "ask_size", "as").Java(ask.Amount, SymbolSpec.AmountScale)
                .Next(names, "bid_size", "bs").Java(bid.Amount, SymbolSpec.AmountScale).Raw("}"u8);
        }

        text.Raw("]"u8);
        return bids.Count + asks.Count;
    }
}
