using Microsoft.AspNetCore.Http;
using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.Coinbase;

/// <summary>The answer of Advanced Trade's <c>market/products</c>, by <c>limit</c> and <c>offset</c> (coinbase.md 4.14, 6.2).</summary>
static class CoinbaseProducts
{
    public static RestAnswer Page(CoinbaseVenue venue, IQueryCollection query)
    {
        var all = venue.Markets.SelectMany(WithAlias).ToList();
        var page = all.Skip(query.Number("offset", 0)).Take(query.Number("limit", int.MaxValue)).ToList();
        var text = new Utf8Text().Raw("{\"products\":["u8);
        foreach (var (market, id, alias, aliasTo) in page)
            Write(text, market, id, alias, aliasTo);
        return RestAnswer.Ok(text.Raw("],\"num_products\":"u8).Integer(page.Count).Raw("}"u8));
    }

    // Most USDC products are their USD one under another name.
    static IEnumerable<(ScriptedMarket Market, string Id, string Alias, string AliasTo)> WithAlias(CoinbaseMarket market)
    {
        var symbol = market.Market.Symbol.Symbol;
        var hasAlias = symbol.EndsWith("-USD", StringComparison.Ordinal);
        yield return (market.Market, symbol, "", hasAlias ? symbol + "C" : "");
        if (hasAlias)
            yield return (market.Market, symbol + "C", symbol, "");
    }

    static void Write(Utf8Text text, ScriptedMarket market, string id, string alias, string aliasTo)
    {
        var parts = id.Split('-');
        text.Raw(text.Written[^1] == (byte)'[' ? "{\"product_id\":"u8 : ",{\"product_id\":"u8).Quoted(id)
            .PriceMember("price", market.Day.Last, market.Symbol).AmountMember("volume_24h", market.Day.Volume)
            .Key("base_increment").Quoted("0.00000001")
            .PriceMember("quote_increment", 1, market.Symbol).PriceMember("price_increment", 1, market.Symbol)
            .Key("base_currency_id").Quoted(parts[0]).Key("quote_currency_id").Quoted(parts[1])
            .Key("status").Quoted("online").Key("is_disabled").Flag(false).Key("trading_disabled").Flag(false)
            .Key("product_type").Quoted("SPOT").Key("alias").Quoted(alias).Key("alias_to").Raw("["u8);
        if (aliasTo.Length > 0)
            text.Quoted(aliasTo);
        text.Raw("]}"u8);
    }
}
