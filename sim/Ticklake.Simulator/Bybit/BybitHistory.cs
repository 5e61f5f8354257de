using Microsoft.AspNetCore.Http;
using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.Bybit;

/// <summary>REST answers about the past; both lists begin with the newest.</summary>
static class BybitHistory
{
    /// <summary>The last trades: at most 60 on spot, silently fewer than asked; no cursor, no time range.</summary>
    public static Utf8Text Trades(BybitVenue venue, BybitMarket market, IQueryCollection query)
    {
        var (most, usual) = venue.IsLinear ? (1000, 500) : (60, 60);
        var text = List(venue, market);
        var isFirst = true;
        foreach (var trade in market.Scripted.Trades.TakeLast(Math.Clamp(query.Number("limit", usual), 1, most)).Reverse())
        {
            text.Raw(isFirst ? "{\"execId\":"u8 : ",{\"execId\":"u8).Quoted(market.TradeId(trade.Id))
                .Key("symbol").Quoted(market.Symbol).Key("price").Price(trade.Price, market)
                .Key("size").TrimmedQuantity(trade.Amount).Key("side").Quoted(trade.TakerBuys ? "Buy" : "Sell")
                .Raw(",\"time\":\""u8).Integer(trade.TimeUs / 1000)
                .Raw("\",\"isBlockTrade\":false,\"isRPITrade\":false,\"seq\":\""u8).Integer(trade.Id).Raw("\"}"u8);
            isFirst = false;
        }

        return text.Raw("]}"u8);
    }

    /// <summary>Rows of seven texts: start, o, h, l, c, volume, turnover; the first may be open.</summary>
    public static Utf8Text Klines(BybitVenue venue, BybitMarket market, CandleSeries series, IQueryCollection query)
    {
        var (start, end) = (query.Long("start") ?? 0, query.Long("end") ?? long.MaxValue);
        series.Roll(venue.Parts.Timeline.NowMs);
        var text = List(venue, market);
        var isFirst = true;
        foreach (var candle in series.Candles.Where(c => c.OpenTimeMs >= start && c.OpenTimeMs <= end)
            .TakeLast(Math.Clamp(query.Number("limit", 200), 1, 1000)).Reverse())
        {
            text.Raw(isFirst ? "[\""u8 : ",[\""u8).Integer(candle.OpenTimeMs).Raw("\","u8)
                .TrimmedPrice(candle.Open, market.Spec).Raw(","u8).TrimmedPrice(candle.High, market.Spec).Raw(","u8)
                .TrimmedPrice(candle.Low, market.Spec).Raw(","u8).TrimmedPrice(candle.Close, market.Spec).Raw(","u8)
                .TrimmedQuantity(candle.Volume).Raw(","u8).Turnover(candle.QuoteVolume, market).Raw("]"u8);
            isFirst = false;
        }

        return text.Raw("]}"u8);
    }

    static Utf8Text List(BybitVenue venue, BybitMarket market) => new Utf8Text().Raw("{\"category\":"u8)
        .Quoted(venue.Category).Key("symbol").Quoted(market.Symbol).Raw(",\"list\":["u8);
}
