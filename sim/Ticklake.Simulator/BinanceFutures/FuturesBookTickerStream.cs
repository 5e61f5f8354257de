using Ticklake.Simulator.Binance;
using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.BinanceFutures;

/// <summary><c>@bookTicker</c>: best prices and sizes as soon as they change, with type and times.</summary>
sealed class FuturesBookTickerStream(BinanceConnection connection, TruthStream stream, FuturesMarket market)
    : BinanceStream(connection, stream)
{
    (BookLevel Bid, BookLevel Ask) _sent;

    protected override void Open() => market.Market.Stepped += OnStep;

    protected override void Cease() => market.Market.Stepped -= OnStep;

    void OnStep(MarketStep step)
    {
        var (book, symbol) = (market.Market, market.Market.Symbol);
        var (bid, ask) = (book.Bids.Levels[0] with { Count = 1 }, book.Asks.Levels[0] with { Count = 1 });
        if ((bid, ask) == _sent)
            return;
        _sent = (bid, ask);
        var text = new Utf8Text().Raw("{\"e\":\"bookTicker\",\"u\":"u8).Integer(market.WireId(book.LastUpdateId))
            .Key("s").Quoted(market.Symbol).Key("ps").Quoted(market.Pair)
            .Key("b").TrimmedPrice(bid.Price, symbol).Key("B").TrimmedQuantity(bid.Amount)
            .Key("a").TrimmedPrice(ask.Price, symbol).Key("A").TrimmedQuantity(ask.Amount)
            .Key("T").Integer(Now).Key("E").Integer(Now).End();
        Send(FrameKind.Update, text, rows: 1);
    }
}
