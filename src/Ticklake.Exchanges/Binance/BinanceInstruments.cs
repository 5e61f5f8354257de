namespace Ticklake.Exchanges.Binance;

/// <summary>
/// Symbols: base and quote without a separator, upper case (<c>BTCUSDT</c>); some hold Chinese characters. Dated futures
/// and all of COIN-M have an ending: <c>BTCUSDT_261225</c>, <c>BTCUSD_PERP</c>.
/// </summary>
static class BinanceInstruments
{
    const int LongestSymbol = 40;

    // Of COIN-M; elsewhere USD ends other quotes and bases.
    static readonly string[] CoinMarginedQuotes = ["USD"];

    // Quote assets of spot symbols, delisted ones included because recordings hold them.
    static readonly string[] Quotes =
    [
        "USDT", "USDC", "FDUSD", "TUSD", "BUSD", "USD1", "USDE", "RLUSD", "XUSD", "USDP", "USDS",
        "DAI", "PAX", "UST", "VAI",
        "BTC", "ETH", "BNB", "SOL", "TRX", "XRP", "DOGE", "DOT",
        "EUR", "EURI", "AEUR", "TRY", "BRL", "GBP", "AUD", "JPY", "RUB", "UAH", "NGN", "ZAR", "PLN", "RON",
        "ARS", "MXN", "CZK", "COP", "IDR", "IDRT", "BIDR", "BKRW", "BVND",
    ];

    /// <summary>
    /// Split before the longest known quote; a symbol without one stays whole. A future has the pair of its underlying.
    /// </summary>
    public static string PairOf(BinanceProfile profile, string symbol)
    {
        var quote = "";
        if (profile.IsFutures && symbol.IndexOf('_') is > 0 and var ending)
            symbol = symbol[..ending];
        foreach (var candidate in profile == BinanceProfile.CoinM ? CoinMarginedQuotes : Quotes)
        {
            if (candidate.Length > quote.Length && symbol.Length > candidate.Length
                && symbol.EndsWith(candidate, StringComparison.Ordinal))
                quote = candidate;
        }

        return quote.Length == 0 ? symbol : $"{symbol[..^quote.Length]}-{quote}";
    }

    /// <summary>Says what is wrong with a symbol and what would be right; null if nothing is.</summary>
    public static string? FaultOf(BinanceProfile profile, string symbol)
    {
        var right = string.Concat(symbol.Where(c => char.IsLetterOrDigit(c) || (c == '_' && profile.IsFutures)))
            .ToUpperInvariant();
        if (right.Length is < 2 or > LongestSymbol)
            return $"symbol '{symbol}' is no Binance symbol; write BTCUSDT";
        return right == symbol ? null : $"symbol '{symbol}' is not as Binance writes it; did you mean '{right}'?";
    }
}
