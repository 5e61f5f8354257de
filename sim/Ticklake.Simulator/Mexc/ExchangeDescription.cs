using Microsoft.AspNetCore.Http;
using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.Mexc;

/// <summary>The answers of <c>exchangeInfo</c> and <c>defaultSymbols</c> (mexc.md section 6).</summary>
static class ExchangeDescription
{
    static readonly string[] Quotes = ["USDT", "USDC", "BTC", "ETH"];

    public static RestAnswer DefaultSymbols(MexcVenue venue)
    {
        var text = new Utf8Text().Raw("{\"code\":200,\"data\":["u8);
        var isFirst = true;
        foreach (var market in venue.Markets)
        {
            (isFirst ? text : text.Raw(","u8)).Quoted(market.Symbol);
            isFirst = false;
        }

        return RestAnswer.Ok(text.Raw("],\"msg\":null}"u8));
    }

    public static RestAnswer Answer(MexcVenue venue, IQueryCollection query, long now)
    {
        var symbol = query["symbol"].ToString();
        var symbols = query["symbols"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries);
        var wanted = venue.Markets.Where(m => symbol.Length > 0 ? m.Symbol == symbol
            : symbols.Length == 0 || symbols.Contains(m.Symbol)).ToArray();
        if (wanted.Length == 0)
            return MexcRest.Error(400, -1121, "Invalid symbol.");
        var text = new Utf8Text().Raw("{\"timezone\":\"CST\",\"serverTime\":"u8).Integer(now)
            .Raw(",\"rateLimits\":[],\"exchangeFilters\":[],\"symbols\":["u8);
        for (var i = 0; i < wanted.Length; i++)
            Symbol(i == 0 ? text : text.Raw(","u8), wanted[i]);
        return RestAnswer.Ok(text.Raw("]}"u8));
    }

    /// <summary>No tick size: it is 10^-quotePrecision. The two amounts that are called precisions are minimum orders.</summary>
    static void Symbol(Utf8Text text, MexcMarket market)
    {
        var symbol = market.Symbol;
        var quote = Array.Find(Quotes, q => symbol.EndsWith(q, StringComparison.Ordinal)) ?? symbol[^3..];
        text.Raw("{\"symbol\":"u8).Quoted(symbol).Raw(",\"status\":\"1\""u8)
            .Key("baseAsset").Quoted(symbol[..^quote.Length]).Raw(",\"baseAssetPrecision\":8"u8)
            .Key("quoteAsset").Quoted(quote).Key("quotePrecision").Integer(market.Spec.PriceScale)
            .Key("quoteAssetPrecision").Integer(market.Spec.PriceScale)
            .Raw(",\"baseCommissionPrecision\":8,\"quoteCommissionPrecision\":8"u8)
            .Raw(",\"orderTypes\":[\"LIMIT\",\"MARKET\",\"LIMIT_MAKER\"],\"isSpotTradingAllowed\":true"u8)
            .Raw(",\"isMarginTradingAllowed\":false,\"quoteAmountPrecision\":\"1\",\"baseSizePrecision\":\"0.00000001\""u8)
            .Raw(",\"permissions\":[\"SPOT\"],\"filters\":[{\"filterType\":\"PERCENT_PRICE_BY_SIDE\""u8)
            .Raw(",\"bidMultiplierUp\":\"1.1\",\"askMultiplierDown\":\"0.9\"}],\"maxQuoteAmount\":\"2000000\""u8)
            .Key("fullName").Quoted(symbol[..^quote.Length]).Raw(",\"tradeSideType\":1,\"st\":false}"u8);
    }
}
