using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Gateio;

/// <summary><c>spot.order_book</c>: the best levels, whole, whenever the book changed within the interval.</summary>
sealed class TopOfBookStream(
    ServedConnection connection, TruthStream stream, ScriptedMarket market, int depth, TimeSpan interval)
    : GateioStream(connection, stream, market)
{
    long _sent;

    protected override void Open() => Repeat(interval, SendIfChanged);

    void SendIfChanged()
    {
        if (Market.LastUpdateId == _sent)
            return;
        _sent = Market.LastUpdateId;
        var text = Push("spot.order_book").Raw("\"t\":"u8).Integer(Timeline.NowMs).Key("lastUpdateId").Integer(_sent)
            .Key("s").Quoted(Symbol.Symbol).Raw(",\"l\":\""u8).Integer(depth).Raw("\""u8)
            .Key("bids").Levels(Market.Bids.Top(depth), Symbol).Key("asks").Levels(Market.Asks.Top(depth), Symbol)
            .Raw("}}"u8);
        Send(FrameKind.Snapshot, text,
            Math.Min(depth, Market.Bids.Levels.Count) + Math.Min(depth, Market.Asks.Levels.Count));
    }
}
