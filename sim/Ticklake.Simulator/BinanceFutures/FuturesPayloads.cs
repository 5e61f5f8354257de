using Ticklake.Simulator.Binance;
using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.BinanceFutures;

/// <summary>Objects that several streams of futures share (binance.md section B4).</summary>
static class FuturesPayloads
{
    /// <summary>The contract kind that ends payloads since the markets were joined: 1 is USD-M.</summary>
    public static Utf8Text End(this Utf8Text text) => text.Raw(",\"st\":1}"u8);

    /// <summary>Ids, and the levels as an array of <c>["price","quantity"]</c> a side.</summary>
    public static Utf8Text Difference(this Utf8Text text, FuturesMarket market, long nowMs, DepthDifference difference) => text
        .Event("depthUpdate", nowMs, market.Symbol).Key("T").Integer(nowMs).Key("ps").Quoted(market.Pair)
        .Key("U").Integer(market.WireId(difference.FirstUpdateId)).Key("u").Integer(market.WireId(difference.LastUpdateId))
        .Key("pu").Integer(market.WireId(difference.FirstUpdateId - 1))
        .Key("b").FuturesLevels(difference.Bids, market.Market.Symbol)
        .Key("a").FuturesLevels(difference.Asks, market.Market.Symbol).End();

    public static Utf8Text FuturesLevels(
        this Utf8Text text, IEnumerable<KeyValuePair<long, long>> levels, SymbolSpec symbol)
    {
        text.Raw("["u8);
        var isFirst = true;
        foreach (var (price, amount) in levels)
        {
            text.Raw(isFirst ? "["u8 : ",["u8).TrimmedPrice(price, symbol).Raw(","u8).TrimmedQuantity(amount).Raw("]"u8);
            isFirst = false;
        }

        return text.Raw("]"u8);
    }

    /// <summary>A mark price's members from <c>e</c> to <c>T</c>; without funding the rate is empty and the time 0.</summary>
    public static Utf8Text MarkPrice(this Utf8Text text, FuturesMarket market, long nowMs)
    {
        var (price, symbol) = (market.MarkPrice, market.Market.Symbol);
        return text.Event("markPriceUpdate", nowMs, market.Symbol).Key("p").TrimmedPrice(price, symbol)
            .Key("ap").TrimmedPrice(price, symbol).Key("P").TrimmedPrice(price - 1, symbol)
            .Key("i").TrimmedPrice(price + 1, symbol)
            .Key("r").Quoted(market.IsDated ? "" : "0.00010000").Key("T").Integer(market.NextFundingMs);
    }

    public static Utf8Text Liquidation(this Utf8Text text, FuturesMarket market, in MarketTrade trade, long nowMs)
    {
        var symbol = market.Market.Symbol;
        return text.Raw("{\"e\":\"forceOrder\",\"E\":"u8).Integer(nowMs).Raw(",\"o\":{\"s\":"u8).Quoted(market.Symbol)
            .Key("S").Quoted(trade.TakerBuys ? "BUY" : "SELL").Raw(",\"o\":\"LIMIT\",\"f\":\"IOC\""u8)
            .Key("q").TrimmedQuantity(trade.Amount).Key("p").TrimmedPrice(trade.Price, symbol)
            .Key("ap").TrimmedPrice(trade.Price, symbol).Raw(",\"X\":\"FILLED\""u8)
            .Key("l").TrimmedQuantity(trade.Amount).Key("z").TrimmedQuantity(trade.Amount)
            .Key("T").Integer(trade.TimeUs / 1000).Raw("}"u8).Key("ps").Quoted(market.Pair).End();
    }
}
