namespace Ticklake.Exchanges.Binance;

/// <summary>
/// Symbols: base and quote without a separator, upper case (<c>BTCUSDT</c>); some hold Chinese characters.
/// </summary>
static class BinanceInstruments
{
    const int LongestSymbol = 40;

    // Quote assets of spot symbols, delisted ones included because recordings hold them.
    static readonly string[] Quotes =
    [
        "USDT", "USDC", "FDUSD", "TUSD", "BUSD", "USD1", "USDE", "RLUSD", "XUSD", "USDP", "USDS",
        "DAI", "PAX", "UST", "VAI",
        "BTC", "ETH", "BNB", "SOL", "TRX", "XRP", "DOGE", "DOT",
        "EUR", "EURI", "AEUR", "TRY", "BRL", "GBP", "AUD", "JPY", "RUB", "UAH", "NGN", "ZAR", "PLN", "RON",
        "ARS", "MXN", "CZK", "COP", "IDR", "IDRT", "BIDR", "BKRW", "BVND",
    ];

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
        var right = string.Concat(symbol.Where(char.IsLetterOrDigit)).ToUpperInvariant();
        if (right.Length is < 2 or > LongestSymbol)
            return $"symbol '{symbol}' is no Binance symbol; write BTCUSDT";
        return right == symbol ? null : $"symbol '{symbol}' is not as Binance writes it; did you mean '{right}'?";
    }
}
