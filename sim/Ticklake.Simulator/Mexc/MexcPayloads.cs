using System.Globalization;
using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.Mexc;

/// <summary>How MEXC writes numbers and levels: trimmed in pushes, padded to the tick in REST (mexc.md section 5).</summary>
static class MexcPayloads
{
    public static string Trimmed(long mantissa, int scale) =>
        ScriptedMarket.Scaled(mantissa, scale).ToString("0.##################", CultureInfo.InvariantCulture);

    public static string Price(long price, SymbolSpec symbol) => Trimmed(price, symbol.PriceScale);

    public static string Quantity(long amount) => Trimmed(amount, SymbolSpec.AmountScale);

    /// <summary>A sum of price × amount.</summary>
    public static string Quote(Int128 volume, SymbolSpec symbol)
    {
        for (var i = 0; i < symbol.PriceScale; i++)
            volume /= 10;
        return Quantity((long)volume);
    }

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A fraction with four decimals at most.</summary>
    public static string Rate(long now, long before) =>
        decimal.Round((decimal)(now - before) / before, 4).ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>Both sides of a depth body: asks are field 1, bids field 2, and either may be absent.</summary>
    public static ProtobufText Levels(
        this ProtobufText body,
        IEnumerable<KeyValuePair<long, long>> asks,
        IEnumerable<KeyValuePair<long, long>> bids,
        SymbolSpec symbol)
    {
        foreach (var (price, amount) in asks)
            body.Message(1, new ProtobufText().Text(1, Price(price, symbol)).Text(2, Quantity(amount)));
        foreach (var (price, amount) in bids)
            body.Message(2, new ProtobufText().Text(1, Price(price, symbol)).Text(2, Quantity(amount)));
        return body;
    }

    /// <summary>Best bid and ask: fields 1 to 4 in all their messages.</summary>
    public static ProtobufText Quote(this ProtobufText body, BookLevel bid, BookLevel ask, SymbolSpec symbol) => body
        .Text(1, Price(bid.Price, symbol)).Text(2, Quantity(bid.Amount))
        .Text(3, Price(ask.Price, symbol)).Text(4, Quantity(ask.Amount));

    /// <summary>A REST price with all decimals of its tick.</summary>
    public static Utf8Text PaddedPrice(this Utf8Text text, long price, SymbolSpec symbol) =>
        text.Raw("\""u8).Decimals(price, symbol.PriceScale, symbol.PriceScale).Raw("\""u8);

    /// <summary>A REST array of <c>["price","quantity"]</c>.</summary>
    public static Utf8Text PaddedLevels(this Utf8Text text, IEnumerable<KeyValuePair<long, long>> levels, SymbolSpec symbol)
    {
        text.Raw("["u8);
        var isFirst = true;
        foreach (var (price, amount) in levels)
        {
            text.Raw(isFirst ? "["u8 : ",["u8).PaddedPrice(price, symbol).Raw(","u8).TrimmedQuantity(amount).Raw("]"u8);
            isFirst = false;
        }

        return text.Raw("]"u8);
    }
}
