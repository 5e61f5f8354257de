using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Bybit;

/// <summary>
/// Symbols: upper case without a separator. Spot <c>BTCUSDT</c>; linear <c>BTCUSDT</c> and <c>BTCPERP</c> (settled in
/// USDC) are perpetuals, <c>BTCUSDT-21FEB25</c> and <c>BTC-24MAR23</c> (USDC) futures. The same text in both markets is
/// another instrument.
/// </summary>
static class BybitInstruments
{
    const int LongestSymbol = 30;
    const string UsdcPerpetual = "PERP";

    static readonly string[] Quotes =
    [
        "USDT", "USDC", "USDE", "USDQ", "USDR", "USD1", "DAI", "EUR", "EURQ", "EURR", "BRL", "PLN", "TRY", "GBP",
        "BTC", "ETH", "MNT", "BRZ", "SOL",
    ];

    /// <summary>Base and quote by the forms above; a symbol of no known form stays whole.</summary>
    public static string PairOf(MarketId market, string symbol)
    {
        if (market == BybitExchange.Spot)
            return Split(symbol);
        if (symbol.EndsWith(UsdcPerpetual, StringComparison.Ordinal) && symbol.Length > UsdcPerpetual.Length)
            return $"{symbol[..^UsdcPerpetual.Length]}-USDC";
        var dash = symbol.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0)
            return Split(symbol);
        var pair = Split(symbol[..dash]);
        return pair.Contains('-', StringComparison.Ordinal) ? pair : $"{pair}-USDC";
    }

    /// <summary>Says what is wrong with a symbol and what would be right; null if nothing is.</summary>
    public static string? FaultOf(string symbol)
    {
        if (symbol.Length is >= 2 and <= LongestSymbol && symbol.All(IsAllowed)
            && symbol[0] != '-' && symbol[^1] != '-')
            return null;
        var right = string.Concat(symbol.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        return right.Length is < 2 or > LongestSymbol
            ? $"symbol '{symbol}' is no Bybit symbol; write BTCUSDT"
            : $"symbol '{symbol}' is not as Bybit writes it; did you mean '{right}'?";
    }

    // Before the longest known quote.
    static string Split(string symbol)
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

    static bool IsAllowed(char c) => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '-';
}
