using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.Bybit;

/// <summary>How Bybit writes numbers and the objects that streams and REST answers share.</summary>
static class BybitPayloads
{
    /// <summary>Spot writes <c>"83805"</c>, linear <c>"83769.90"</c> (bybit.md section 4).</summary>
    public static Utf8Text Price(this Utf8Text text, long price, BybitMarket market) => market.IsLinear
        ? text.Raw("\""u8).Decimals(price, market.Spec.PriceScale, Math.Max(2, market.Spec.PriceScale)).Raw("\""u8)
        : text.TrimmedPrice(price, market.Spec);

    /// <summary>A sum of price × amount.</summary>
    public static Utf8Text Turnover(this Utf8Text text, Int128 volume, BybitMarket market)
    {
        for (var i = 0; i < market.Spec.PriceScale; i++)
            volume /= 10;
        return text.TrimmedQuantity((long)volume);
    }

    /// <summary>
    /// <c>{"topic":…,"type":…,"ts":…,"data":</c>; spot has the time before the type (bybit.md section 4).
    /// </summary>
    public static Utf8Text Topic(this Utf8Text text, string topic, string type, long now, bool isLinear)
    {
        text.Raw("{\"topic\":"u8).Quoted(topic);
        if (!isLinear)
            text.Key("ts").Integer(now);
        text.Key("type").Quoted(type);
        if (isLinear)
            text.Key("ts").Integer(now);
        return text.Key("data");
    }

    /// <summary>An array of <c>["price","size"]</c>.</summary>
    public static Utf8Text Levels(this Utf8Text text, IEnumerable<KeyValuePair<long, long>> levels, BybitMarket market)
    {
        text.Raw("["u8);
        var isFirst = true;
        foreach (var (price, amount) in levels)
        {
            text.Raw(isFirst ? "["u8 : ",["u8).Price(price, market).Raw(","u8).TrimmedQuantity(amount).Raw("]"u8);
            isFirst = false;
        }

        return text.Raw("]"u8);
    }

    /// <summary><c>{"s":…,"b":…,"a":…,"u":…,"seq":…}</c></summary>
    public static Utf8Text Book(this Utf8Text text, BybitMarket market, BybitDifference book) => text
        .Raw("{\"s\":"u8).Quoted(market.Symbol).Key("b").Levels(book.Bids, market).Key("a").Levels(book.Asks, market)
        .Key("u").Integer(book.UpdateId).Key("seq").Integer(book.Sequence).Raw("}"u8);

    /// <summary>A fraction with four digits: <c>"0.0019"</c>.</summary>
    public static Utf8Text Fraction(this Utf8Text text, decimal value) =>
        text.Raw("\""u8).Decimals(value, 6).Raw("\""u8);
}
