using Microsoft.AspNetCore.Http;
using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.Bybit;

/// <summary>The answer of <c>instruments-info</c>: everything at once on spot, in pages on linear.</summary>
static class BybitInstrumentList
{
    static readonly string[] Quotes = ["USDT", "USDC", "BTC", "ETH", "EUR"];

    public static Utf8Text Write(BybitVenue venue, IQueryCollection query)
    {
        var symbol = query["symbol"].ToString();
        var wanted = venue.Markets.Where(m => symbol.Length == 0 || m.Symbol == symbol).ToList();
        var from = venue.IsLinear ? query.Number("cursor", 0) : 0;
        var limit = venue.IsLinear ? Math.Clamp(query.Number("limit", 500), 1, 1000) : wanted.Count;
        var text = new Utf8Text().Raw("{\"category\":"u8).Quoted(venue.Category).Raw(",\"list\":["u8);
        var page = wanted.Skip(from).Take(limit).ToList();
        for (var i = 0; i < page.Count; i++)
            Instrument(i == 0 ? text : text.Raw(","u8), page[i]);
        text.Raw("]"u8);
        if (venue.IsLinear)
            text.Key("nextPageCursor").Quoted(from + page.Count < wanted.Count ? (from + page.Count).ToString(null, null) : "");
        return text.Raw("}"u8);
    }

    static void Instrument(Utf8Text text, BybitMarket market)
    {
        var (symbol, spec) = (market.Symbol, market.Spec);
        var isUsdc = market.IsLinear && symbol.EndsWith("PERP", StringComparison.Ordinal);
        var quote = isUsdc ? "USDC" : Array.Find(Quotes, q => symbol.EndsWith(q, StringComparison.Ordinal)) ?? symbol[^3..];
        text.Raw("{\"symbol\":"u8).Quoted(symbol)
            .Key("baseCoin").Quoted(symbol[..^(isUsdc ? 4 : quote.Length)]).Key("quoteCoin").Quoted(quote)
            .Key("status").Quoted("Trading").Key("symbolType").Quoted("");
        if (market.IsLinear)
        {
            text.Key("contractType").Quoted("LinearPerpetual").Key("launchTime").Quoted("1585526400000")
                .Key("deliveryTime").Quoted("0").Key("priceScale").Quoted(spec.PriceScale.ToString(null, null))
                .Raw(",\"lotSizeFilter\":{\"qtyStep\":\"0.00000001\",\"minOrderQty\":\"0.00000001\""u8)
                .Raw(",\"maxOrderQty\":\"1000000\",\"minNotionalValue\":\"5\"}"u8)
                .Key("settleCoin").Quoted(quote).Raw(",\"fundingInterval\":480,\"isPreListing\":false,\"preListingInfo\":null"u8);
        }
        else
        {
            text.Raw(",\"lotSizeFilter\":{\"basePrecision\":\"0.00000001\",\"quotePrecision\":\"0.00000001\""u8)
                .Raw(",\"minOrderAmt\":\"5\",\"maxLimitOrderQty\":\"1000000\"}"u8);
        }

        text.Raw(",\"priceFilter\":{\"tickSize\":"u8).TrimmedPrice(1, spec).Raw("}}"u8);
    }
}
