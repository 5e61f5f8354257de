using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Binance;

/// <summary><c>@bookTicker</c>: best prices and sizes as soon as they change.</summary>
sealed class BookTickerStream(BinanceConnection connection, TruthStream stream, ScriptedMarket market)
    : BinanceStream(connection, stream)
{
    (BookLevel Bid, BookLevel Ask) _sent;

    protected override void Open() => market.Stepped += OnStep;

    protected override void Cease() => market.Stepped -= OnStep;

    void OnStep(MarketStep step)
    {
        var (bid, ask) = (market.Bids.Levels[0] with { Count = 1 }, market.Asks.Levels[0] with { Count = 1 });
        if ((bid, ask) == _sent)
            return;
        _sent = (bid, ask);
        var text = new Utf8Text().Raw("{\"u\":"u8).Integer(market.LastUpdateId).Key("s").Quoted(market.Symbol.Symbol)
            .Key("b").Price(bid.Price, market.Symbol).Key("B").Quantity(bid.Amount)
            .Key("a").Price(ask.Price, market.Symbol).Key("A").Quantity(ask.Amount).Raw("}"u8);
        Send(FrameKind.Update, text, rows: 1);
    }
}
