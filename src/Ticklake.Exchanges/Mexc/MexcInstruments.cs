namespace Ticklake.Exchanges.Mexc;

/// <summary>
/// Symbols: base and quote without a separator, upper case (<c>BTCUSDT</c>); not always ASCII (<c>龙虾USDT</c>). Nothing in
/// their text says where the quote begins; until the exchange's own list is known, known quotes do.
/// </summary>
static class MexcInstruments
{
    const int LongestSymbol = 40;

    /// <summary>What would take a topic, a list of topics or a frame apart.</summary>
    const string Separators = "@,[]\"\\/-_: \t\r\n";

    static readonly string[] Quotes = ["USDT", "USDC", "USDE", "USD1", "TUSD", "BTC", "ETH", "EUR", "BRL", "MX"];

    /// <summary>Split before the longest known quote; a symbol without one stays whole.</summary>
    public static string PairOf(string symbol)
    {
        var quote = "";
        foreach (var candidate in Quotes)
        {
            if (candidate.Length > quote.Length && symbol.Length > candidate.Length
                && symbol.EndsWith(candidate, StringComparison.Ordinal))
                quote = candidate;
        }

        return quote.Length == 0 ? symbol : $"{symbol[..^quote.Length]}-{quote}";
    }

    /// <summary>Says what is wrong with a symbol and what would be right; null if nothing is.</summary>
    public static string? FaultOf(string symbol)
    {
        var right = string.Concat(symbol.Where(c => !Separators.Contains(c) && !char.IsControl(c))).ToUpperInvariant();
        if (right.Length is < 2 or > LongestSymbol)
            return $"symbol '{symbol}' is no MEXC symbol; write BTCUSDT";
        return right == symbol ? null : $"symbol '{symbol}' is not as MEXC writes it; did you mean '{right}'?";
    }
}
