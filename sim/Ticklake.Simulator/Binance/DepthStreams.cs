using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Binance;

/// <summary><c>@depth</c>, <c>@depth@100ms</c>: differences; consecutive update ids.</summary>
sealed class DepthStream(BinanceConnection connection, TruthStream stream, ScriptedMarket market, DepthGrid grid)
    : BinanceStream(connection, stream)
{
    protected override void Open() => grid.Ready += OnDifference;

    protected override void Cease() => grid.Ready -= OnDifference;

    void OnDifference(DepthDifference difference)
    {
        var text = new Utf8Text().Event("depthUpdate", Now, market.Symbol.Symbol)
            .Key("U").Integer(difference.FirstUpdateId).Key("u").Integer(difference.LastUpdateId)
            .Key("b").Levels(difference.Bids, market.Symbol).Key("a").Levels(difference.Asks, market.Symbol).Raw("}"u8);
        Send(FrameKind.Update, text, difference.Bids.Count + difference.Asks.Count);
    }
}

/// <summary><c>@depth5</c>, <c>10</c>, <c>20</c>: the top of the book, whenever the book changed within the interval.</summary>
sealed class PartialDepthStream(
    BinanceConnection connection, TruthStream stream, ScriptedMarket market, int depth, TimeSpan interval)
    : BinanceStream(connection, stream)
{
    long _sent;

    protected override void Open() => Repeat(interval, SendIfChanged);

    void SendIfChanged()
    {
        if (market.LastUpdateId == _sent)
            return;
        _sent = market.LastUpdateId;
        var text = new Utf8Text().Raw("{\"lastUpdateId\":"u8).Integer(_sent)
            .Key("bids").Levels(market.Bids.Top(depth), market.Symbol)
            .Key("asks").Levels(market.Asks.Top(depth), market.Symbol).Raw("}"u8);
        Send(FrameKind.Snapshot, text, Math.Min(depth, market.Bids.Levels.Count) + Math.Min(depth, market.Asks.Levels.Count));
    }
}

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
