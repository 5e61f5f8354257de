using Ticklake.Simulator.Market;

namespace Ticklake.Simulator.Transport;

/// <summary>What the payloads of several exchanges have in common.</summary>
static class PayloadText
{
    public static Utf8Text Flag(this Utf8Text text, bool value) => text.Raw(value ? "true"u8 : "false"u8);

    /// <summary><c>,"name":</c></summary>
    public static Utf8Text Key(this Utf8Text text, string name) => text.Raw(",\""u8).Raw(name).Raw("\":"u8);

    public static IEnumerable<KeyValuePair<long, long>> Top(this BookSide side, int depth) =>
        side.Levels.Take(depth).Select(l => KeyValuePair.Create(l.Price, l.Amount));

    /// <summary>A quoted price without trailing zeros: <c>"64210.1"</c>.</summary>
    public static Utf8Text TrimmedPrice(this Utf8Text text, long price, SymbolSpec symbol) =>
        text.Trimmed(price, symbol.PriceScale);

    /// <summary>A quoted quantity without trailing zeros.</summary>
    public static Utf8Text TrimmedQuantity(this Utf8Text text, long amount) => text.Trimmed(amount, SymbolSpec.AmountScale);

    /// <summary>Quoted mantissa × 10^-scale without trailing zeros.</summary>
    public static Utf8Text Trimmed(this Utf8Text text, long mantissa, int scale)
    {
        while (scale > 0 && mantissa % 10 == 0)
        {
            mantissa /= 10;
            scale--;
        }

        return text.Raw("\""u8).Decimals(mantissa, scale, scale).Raw("\""u8);
    }
}
