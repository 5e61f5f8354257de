using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.Binance;

/// <summary>How Binance writes prices, quantities and the objects that streams and REST answers share.</summary>
static class BinancePayloads
{
    const int Decimals = 8;

    /// <summary><c>"64210.01000000"</c></summary>
    public static Utf8Text Price(this Utf8Text text, long price, SymbolSpec symbol) =>
        text.Raw("\""u8).Decimals(price, symbol.PriceScale, Decimals).Raw("\""u8);

    public static Utf8Text Quantity(this Utf8Text text, long amount) =>
        text.Raw("\""u8).Decimals(amount, SymbolSpec.AmountScale, Decimals).Raw("\""u8);

    /// <summary>A sum of price × amount.</summary>
    public static Utf8Text Quote(this Utf8Text text, Int128 volume, SymbolSpec symbol)
    {
        for (var i = 0; i < symbol.PriceScale; i++)
            volume /= 10;
        return text.Quantity((long)volume);
    }

    /// <summary><c>{"e":"kind","E":time,"s":"SYMBOL"</c></summary>
    public static Utf8Text Event(this Utf8Text text, string kind, long time, string symbol) => text
        .Raw("{\"e\":\""u8).Raw(kind).Raw("\",\"E\":"u8).Integer(time).Raw(",\"s\":"u8).Quoted(symbol);

    /// <summary>An array of <c>["price","quantity"]</c>.</summary>
    public static Utf8Text Levels(this Utf8Text text, IEnumerable<KeyValuePair<long, long>> levels, SymbolSpec symbol)
    {
        text.Raw("["u8);
        var isFirst = true;
        foreach (var (price, amount) in levels)
        {
            text.Raw(isFirst ? "["u8 : ",["u8).Price(price, symbol).Raw(","u8).Quantity(amount).Raw("]"u8);
            isFirst = false;
        }

        return text.Raw("]"u8);
    }

    /// <summary>The change, its percentage and the weighted average of the day: <c>p, P, w</c>.</summary>
    public static Utf8Text Change(this Utf8Text text, ScriptedMarket market)
    {
        var day = market.Day;
        var percent = 100m * (day.Last - day.Open) / day.Open;
        var average = (decimal)(day.QuoteVolume / day.Volume);
        return text.Key("p").Price(day.Last - day.Open, market.Symbol)
            .Key("P").Raw("\""u8).Decimals(percent, 3).Raw("\""u8).Key("w").Price((long)average, market.Symbol);
    }
}
