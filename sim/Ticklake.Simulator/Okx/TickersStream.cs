using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;
using Ticklake.Simulator.Venues;

namespace Ticklake.Simulator.Okx;

/// <summary><c>tickers</c>: at once, then at most one per 100 ms, on a trade or new best prices (okx.md 4.5).</summary>
sealed class TickersStream(OkxConnection connection, TruthStream stream, OkxMarket market)
    : VenueStream(connection, stream)
{
    (int, Market.BookLevel, Market.BookLevel) _sent;

    protected override void Open()
    {
        SendIfChanged();
        Repeat(TimeSpan.FromMilliseconds(100), SendIfChanged);
    }

    void SendIfChanged()
    {
        var (book, day) = (market.Market, market.Market.Day);
        var (bid, ask) = (book.Bids.Levels[0], book.Asks.Levels[0]);
        if ((day.TradeCount, bid, ask) == _sent)
            return;
        _sent = (day.TradeCount, bid, ask);
        var symbol = book.Symbol;
        var text = new Utf8Text().Arg("tickers", market.Symbol).Raw(",\"data\":[{\"instType\":"u8).Quoted(OkxRest.TypeOf(market))
            .Key("instId").Quoted(market.Symbol).Key("last").TrimmedPrice(day.Last, symbol)
            .Key("lastSz").TrimmedQuantity(day.LastAmount)
            .Key("askPx").TrimmedPrice(ask.Price, symbol).Key("askSz").TrimmedQuantity(ask.Amount)
            .Key("bidPx").TrimmedPrice(bid.Price, symbol).Key("bidSz").TrimmedQuantity(bid.Amount)
            .Key("open24h").TrimmedPrice(day.Open, symbol).Key("high24h").TrimmedPrice(day.High, symbol)
            .Key("low24h").TrimmedPrice(day.Low, symbol)
            .Key("sodUtc0").TrimmedPrice(day.Open, symbol).Key("sodUtc8").TrimmedPrice(day.Open, symbol).Key("volCcy24h");
        if (market.IsDerivative)
            text.BaseVolume(day.Volume, isDerivative: true);
        else
            text.QuoteVolume(day.QuoteVolume, market);
        text.Key("vol24h").TrimmedQuantity(day.Volume).Key("ts").Digits(Timeline.NowMs).Raw("}]}"u8);
        Send(FrameKind.Update, text, rows: 1);
    }
}
