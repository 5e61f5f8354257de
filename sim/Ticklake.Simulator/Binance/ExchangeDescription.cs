using Microsoft.AspNetCore.Http;
using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.Binance;

/// <summary>The answer of <c>exchangeInfo</c>.</summary>
static class ExchangeDescription
{
    static readonly string[] Quotes = ["USDT", "BTC", "ETH", "EUR"];

    public static RestAnswer Answer(BinanceVenue venue, IQueryCollection query, long now)
    {
        var symbol = query["symbol"].ToString();
        var symbols = query["symbols"].ToString();
        var wanted = venue.Markets.Where(m => symbol.Length > 0 ? m.Symbol == symbol
            : symbols.Length == 0 || symbols.Contains('"' + m.Symbol + '"', StringComparison.Ordinal)).ToArray();
        if (wanted.Length == 0)
            return BinanceRest.Error(400, -1121, "Invalid symbol.");
        var text = new Utf8Text().Raw("{\"timezone\":\"UTC\",\"serverTime\":"u8).Integer(now).Raw(
            ",\"rateLimits\":[{\"rateLimitType\":\"REQUEST_WEIGHT\",\"interval\":\"MINUTE\""u8)
            .Raw(",\"intervalNum\":1,\"limit\":6000},"u8)
            .Raw("{\"rateLimitType\":\"RAW_REQUESTS\",\"interval\":\"MINUTE\",\"intervalNum\":5,\"limit\":300000}]"u8)
            .Raw(",\"exchangeFilters\":[],\"symbols\":["u8);
        for (var i = 0; i < wanted.Length; i++)
            Symbol(i == 0 ? text : text.Raw(","u8), wanted[i]);
        return RestAnswer.Ok(text.Raw("]}"u8));
    }

    static void Symbol(Utf8Text text, BinanceMarket market)
    {
        var symbol = market.Symbol;
        var quote = Array.Find(Quotes, q => symbol.EndsWith(q, StringComparison.Ordinal)) ?? symbol[^3..];
        text.Raw("{\"symbol\":"u8).Quoted(symbol).Raw(",\"status\":\"TRADING\""u8)
            .Key("baseAsset").Quoted(symbol[..^quote.Length]).Raw(",\"baseAssetPrecision\":8"u8)
            .Key("quoteAsset").Quoted(quote).Raw(",\"quotePrecision\":8,\"quoteAssetPrecision\":8"u8)
            .Raw(",\"isSpotTradingAllowed\":true,\"filters\":[{\"filterType\":\"PRICE_FILTER\""u8)
            .Key("minPrice").Price(1, market.Market.Symbol).Raw(",\"maxPrice\":\"1000000.00000000\""u8)
            .Key("tickSize").Price(1, market.Market.Symbol)
            .Raw("},{\"filterType\":\"LOT_SIZE\",\"minQty\":\"0.00000001\",\"maxQty\":\"9000000.00000000\""u8)
            .Raw(",\"stepSize\":\"0.00000001\"}],\"permissions\":[],\"permissionSets\":[[\"SPOT\"]]}"u8);
    }
}
