using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.Okx;

/// <summary>How OKX writes what its channels and REST answers share: numbers are strings without trailing zeros.</summary>
static class OkxPayloads
{
    // A contract of the simulation is worth so much of the base currency: 0.01.
    const int ContractScale = 2;

    /// <summary><c>{"arg":{"channel":…,"instId":…}</c></summary>
    public static Utf8Text Arg(this Utf8Text text, string channel, string symbol) => text
        .Raw("{\"arg\":{\"channel\":"u8).Quoted(channel).Key("instId").Quoted(symbol).Raw("}"u8);

    /// <summary>A quoted integer.</summary>
    public static Utf8Text Digits(this Utf8Text text, long value) => text.Raw("\""u8).Integer(value).Raw("\""u8);

    /// <summary><c>"asks":[[price,size,"0",orders],…],"bids":[…]</c></summary>
    public static Utf8Text Sides(
        this Utf8Text text, IEnumerable<BookLevel> asks, IEnumerable<BookLevel> bids, SymbolSpec symbol) => text
        .Raw("\"asks\":"u8).Levels(asks, symbol).Key("bids").Levels(bids, symbol);

    /// <summary>The volume in the base currency: of a contract, what its count is worth.</summary>
    public static Utf8Text BaseVolume(this Utf8Text text, long amount, bool isDerivative) =>
        text.Trimmed(amount, SymbolSpec.AmountScale + (isDerivative ? ContractScale : 0));

    /// <summary>The volume in the quote currency.</summary>
    public static Utf8Text QuoteVolume(this Utf8Text text, Int128 volume, OkxMarket market)
    {
        for (var i = 0; i < market.Market.Symbol.PriceScale + (market.IsDerivative ? ContractScale : 0); i++)
            volume /= 10;
        return text.Trimmed((long)volume, SymbolSpec.AmountScale);
    }

    static Utf8Text Levels(this Utf8Text text, IEnumerable<BookLevel> levels, SymbolSpec symbol)
    {
        text.Raw("["u8);
        var isFirst = true;
        foreach (var level in levels)
        {
            text.Raw(isFirst ? "["u8 : ",["u8).TrimmedPrice(level.Price, symbol).Raw(","u8)
                .TrimmedQuantity(level.Amount).Raw(",\"0\","u8).Digits(level.Count).Raw("]"u8);
            isFirst = false;
        }

        return text.Raw("]"u8);
    }
}
