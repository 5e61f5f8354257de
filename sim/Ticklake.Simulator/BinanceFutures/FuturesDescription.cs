using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.BinanceFutures;

/// <summary>The answer of <c>/fapi/v1/exchangeInfo</c>.</summary>
static class FuturesDescription
{
    // Delivery of what never expires; 25 December 2026, 08:00 UTC.
    const long Never = 4_133_404_800_000;
    const long Christmas = 1_798_185_600_000;

    public static RestAnswer Answer(FuturesVenue venue, long now)
    {
        var text = new Utf8Text().Raw("{\"timezone\":\"UTC\",\"serverTime\":"u8).Integer(now)
            .Raw(",\"futuresType\":\"U_MARGINED\",\"rateLimits\":[{\"rateLimitType\":\"REQUEST_WEIGHT\""u8)
            .Raw(",\"interval\":\"MINUTE\",\"intervalNum\":1,\"limit\":2400}],\"exchangeFilters\":[],\"symbols\":["u8);
        var isFirst = true;
        foreach (var market in venue.Markets)
        {
            Symbol(isFirst ? text : text.Raw(","u8), market);
            isFirst = false;
        }

        return RestAnswer.Ok(text.Raw("]}"u8));
    }

    static void Symbol(Utf8Text text, FuturesMarket market)
    {
        var pair = market.Pair;
        text.Raw("{\"symbol\":"u8).Quoted(market.Symbol).Key("pair").Quoted(pair)
            .Key("contractType").Quoted(market.IsDated ? "CURRENT_QUARTER" : "PERPETUAL")
            .Key("deliveryDate").Integer(market.IsDated ? Christmas : Never).Raw(",\"onboardDate\":1569398400000"u8)
            .Raw(",\"status\":\"TRADING\""u8).Key("baseAsset").Quoted(pair[..^4]).Key("quoteAsset").Quoted(pair[^4..])
            .Key("marginAsset").Quoted(pair[^4..])
            // Not the tick size: more digits than prices have.
            .Raw(",\"pricePrecision\":7,\"quantityPrecision\":8,\"underlyingType\":\"COIN\",\"underlyingSubType\":[\"PoW\"]"u8)
            .Raw(",\"filters\":[{\"filterType\":\"PRICE_FILTER\""u8).Key("minPrice").TrimmedPrice(1, market.Market.Symbol)
            .Raw(",\"maxPrice\":\"1000000\""u8).Key("tickSize").TrimmedPrice(1, market.Market.Symbol)
            .Raw("},{\"filterType\":\"LOT_SIZE\",\"minQty\":\"0.00000001\",\"maxQty\":\"1000\",\"stepSize\":\"0.00000001\"}]"u8)
            .Raw(",\"orderTypes\":[\"LIMIT\",\"MARKET\"],\"timeInForce\":[\"GTC\",\"IOC\"],\"permissionSets\":[\"GRID\"]}"u8);
    }
}
