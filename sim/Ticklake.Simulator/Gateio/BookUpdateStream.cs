using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Gateio;

/// <summary><c>spot.order_book_update</c>: changes of the best levels with consecutive ids; the book comes by REST.</summary>
sealed class BookUpdateStream(
    ServedConnection connection, TruthStream stream, ScriptedMarket market, KeptWindow window, int depth)
    : GateioStream(connection, stream, market)
{
    protected override void Open() => window.Ready += OnUpdate;

    protected override void Cease() => window.Ready -= OnUpdate;

    void OnUpdate(DepthDifference update)
    {
        var now = Timeline.NowMs;
        var text = Push("spot.order_book_update").Raw("\"t\":"u8).Integer(now).Raw(",\"l\":\""u8).Integer(depth)
            .Raw("\",\"e\":\"depthUpdate\",\"E\":"u8).Integer(now / 1000).Key("s").Quoted(Symbol.Symbol)
            .Key("U").Integer(update.FirstUpdateId).Key("u").Integer(update.LastUpdateId)
            .Key("b").Levels(update.Bids, Symbol).Key("a").Levels(update.Asks, Symbol).Raw("}}"u8);
        Send(FrameKind.Update, text, update.Bids.Count + update.Asks.Count);
    }
}
