using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Gateio;

/// <summary><c>spot.tickers</c>: every second.</summary>
sealed class TickerStream(ServedConnection connection, TruthStream stream, ScriptedMarket market)
    : GateioStream(connection, stream, market)
{
    protected override void Open() => Repeat(TimeSpan.FromSeconds(1), SendNow);

    void SendNow() => Send(FrameKind.Update, Write(Push("spot.tickers"), Market).Raw("}}"u8), rows: 1);

    /// <summary>The members of a ticker, of a push and of a REST answer alike.</summary>
    public static Utf8Text Write(Utf8Text text, ScriptedMarket market)
    {
        var (day, symbol) = (market.Day, market.Symbol);
        return text.Raw("\"currency_pair\":"u8).Quoted(symbol.Symbol).Key("last").TrimmedPrice(day.Last, symbol)
            .Key("lowest_ask").TrimmedPrice(market.Asks.Levels[0].Price, symbol)
            .Key("highest_bid").TrimmedPrice(market.Bids.Levels[0].Price, symbol)
            .Key("change_percentage").Percent(day)
            .Key("base_volume").TrimmedQuantity(day.Volume).Key("quote_volume").Quote(day.QuoteVolume, symbol)
            .Key("high_24h").TrimmedPrice(day.High, symbol).Key("low_24h").TrimmedPrice(day.Low, symbol);
    }
}
