using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Gateio;

/// <summary><c>spot.book_ticker</c>: best prices and amounts as soon as they change.</summary>
sealed class BookTickerStream(ServedConnection connection, TruthStream stream, ScriptedMarket market)
    : GateioStream(connection, stream, market)
{
    (long, long, long, long) _sent;

    protected override void Open() => Market.Stepped += OnStep;

    protected override void Cease() => Market.Stepped -= OnStep;

    void OnStep(MarketStep step)
    {
        var (bid, ask) = (Market.Bids.Levels[0], Market.Asks.Levels[0]);
        var state = (bid.Price, bid.Amount, ask.Price, ask.Amount);
        if (state == _sent)
            return;
        _sent = state;
        var text = Push("spot.book_ticker").Raw("\"t\":"u8).Integer(Timeline.NowMs)
            .Key("u").Integer(Market.LastUpdateId).Key("s").Quoted(Symbol.Symbol)
            .Key("b").TrimmedPrice(bid.Price, Symbol).Key("B").TrimmedQuantity(bid.Amount)
            .Key("a").TrimmedPrice(ask.Price, Symbol).Key("A").TrimmedQuantity(ask.Amount).Raw("}}"u8);
        Send(FrameKind.Update, text, rows: 1);
    }
}
