namespace Ticklake.Exchanges.Coinbase;

/// <summary>Symbols: <c>BTC-USD</c>, which is the normalised pair already.</summary>
static class CoinbaseInstruments
{
    const int LongestSymbol = 40;
    const string AliasQuote = "-USDC";

    // Products of their own; of 114 USDC products listed in September 2026 the other 112 were aliases.
    static readonly string[] BasesWithOwnBook = ["USDT", "EURC"];

    public static string PairOf(string symbol) => symbol;

    /// <summary>Upper case, digits and at least one hyphen between them.</summary>
    public static bool IsProduct(ReadOnlySpan<byte> text)
    {
        if (text.Length is < 3 or > LongestSymbol || text[0] == '-' || text[^1] == '-')
            return false;
        foreach (var b in text)
        {
            if (b is not ((>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9') or (byte)'-'))
                return false;
        }

        return text.Contains((byte)'-');
    }

    /// <summary>Says what is wrong with a symbol and what would be right; null if nothing is.</summary>
    public static string? FaultOf(string symbol)
    {
        var right = symbol.Trim().Replace('/', '-').Replace('_', '-').ToUpperInvariant();
        if (!IsProduct(System.Text.Encoding.UTF8.GetBytes(right)))
            return $"symbol '{symbol}' is no Coinbase product; write BTC-USD";
        if (right != symbol)
            return $"symbol '{symbol}' is not as Coinbase writes it; did you mean '{right}'?";
        return DeliveredAs(symbol) is { } real
            ? $"symbol '{symbol}' is an alias: Coinbase delivers it as '{real}'; write '{real}'"
            : null;
    }

    /// <summary>
    /// The product under whose name this one's frames come, or null where that is its own: the books of USDC and USD
    /// are one (coinbase.md 4.14).
    /// </summary>
    static string? DeliveredAs(string symbol)
    {
        if (!symbol.EndsWith(AliasQuote, StringComparison.Ordinal))
            return null;
        return BasesWithOwnBook.Contains(symbol[..^AliasQuote.Length]) ? null : symbol[..^1];
    }
}
