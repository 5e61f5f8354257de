using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.Bitfinex;

/// <summary>The arrays that WebSocket messages and REST answers have in common.</summary>
static class BitfinexPayloads
{
    const int TickerDepth = 25;

    /// <summary><c>[ID,MTS,±AMOUNT,PRICE]</c></summary>
    public static Utf8Text Trade(this Utf8Text text, SymbolSpec symbol, in MarketTrade trade) => text
        .Raw("["u8).Integer(trade.Id).Raw(","u8).Integer(trade.TimeUs / 1000).Raw(","u8)
        .Amount(trade.TakerBuys ? trade.Amount : -trade.Amount).Raw(","u8)
        .Number(trade.Price, symbol.PriceScale).Raw("]"u8);

    /// <summary><c>[ID,MTS,±AMOUNT,RATE,PERIOD]</c></summary>
    public static Utf8Text Trade(this Utf8Text text, in FundingTrade trade) => text
        .Raw("["u8).Integer(trade.Id).Raw(","u8).Integer(trade.TimeUs / 1000).Raw(","u8).Amount(trade.Amount)
        .Raw(","u8).Number(trade.Rate, FundingMarket.RateScale).Raw(","u8).Integer(trade.PeriodDays).Raw("]"u8);

    public static Utf8Text Amount(this Utf8Text text, long amount) => text.Number(amount, SymbolSpec.AmountScale);

    /// <summary><c>[MTS,OPEN,CLOSE,HIGH,LOW,VOLUME]</c></summary>
    public static Utf8Text Candle(this Utf8Text text, SymbolSpec symbol, Candle candle) => text
        .Raw("["u8).Integer(candle.OpenTimeMs).Raw(","u8).Number(candle.Open, symbol.PriceScale).Raw(","u8)
        .Number(candle.Close, symbol.PriceScale).Raw(","u8).Number(candle.High, symbol.PriceScale).Raw(","u8)
        .Number(candle.Low, symbol.PriceScale).Raw(","u8).Amount(candle.Volume).Raw("]"u8);

    /// <summary>The eleven fields of a trading ticker, the last one null as since 2026-04.</summary>
    public static Utf8Text Ticker(this Utf8Text text, ScriptedMarket market)
    {
        var (day, scale) = (market.Day, market.Symbol.PriceScale);
        var change = day.Last - day.Open;
        Top(text.Raw("["u8), market.Bids, scale);
        Top(text, market.Asks, scale);
        return text.Number(change, scale).Raw(","u8).Number(Math.Round((double)change / day.Open, 8)).Raw(","u8)
            .Number(day.Last, scale).Raw(","u8).Amount(day.Volume).Raw(","u8)
            .Number(day.High, scale).Raw(","u8).Number(day.Low, scale).Raw(",null]"u8);
    }

    /// <summary>The sixteen fields of a funding ticker (bitfinex.md section 4.3).</summary>
    public static Utf8Text Ticker(this Utf8Text text, FundingMarket market) => text
        .Raw("["u8).Rate(market.Rate).Rate(market.Rate - (market.Rate / 10)).Raw("30,"u8).Amount(market.Volume / 7)
        .Raw(","u8).Rate(market.Rate + 3).Raw("2,"u8).Amount(market.Volume / 9).Raw(","u8)
        .Rate(market.Change).Number(Math.Round(market.Change / 6_500.0, 4)).Raw(","u8).Rate(market.Rate)
        .Amount(market.Volume).Raw(","u8).Rate(market.High).Rate(market.Low).Raw("null,null,"u8)
        .Amount(market.Volume / 11).Raw("]"u8);

    static Utf8Text Rate(this Utf8Text text, long rate) => text.Number(rate, FundingMarket.RateScale).Raw(","u8);

    /// <summary>
    /// Best price and the sum of the 25 best sizes, added as the binary floats they are on the server.
    /// </summary>
    static void Top(Utf8Text text, BookSide side, int scale)
    {
        var sum = 0.0;
        for (var i = 0; i < Math.Min(TickerDepth, side.Levels.Count); i++)
            sum += side.Levels[i].Amount / 1e8;
        text.Number(side.Levels[0].Price, scale).Raw(","u8).Number(sum).Raw(","u8);
    }
}
