namespace Ticklake.Exchanges.Upbit;

/// <summary>Symbols (market codes): quote first, upper case (<c>KRW-BTC</c> is bitcoin priced in won).</summary>
static class UpbitInstruments
{
    const int LongestSymbol = 40;

    /// <summary>Of all four regions; only to tell a code that was written the usual way round.</summary>
    static readonly string[] Quotes = ["KRW", "USDT", "SGD", "IDR", "THB", "BTC"];

    public static string PairOf(string symbol)
    {
        var at = symbol.IndexOf('-');
        return at < 0 ? symbol : $"{symbol[(at + 1)..]}-{symbol[..at]}";
    }

    /// <summary>Says what is wrong with a symbol and what would be right; null if nothing is.</summary>
    public static string? FaultOf(string symbol)
    {
        var right = symbol.Replace('_', '-').Replace('/', '-').ToUpperInvariant();
        var parts = right.Split('-');
        if (parts is not [{ Length: > 0 } first, { Length: > 0 } second] || right.Length > LongestSymbol
            || right.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '-'))
            return $"symbol '{symbol}' is no Upbit market; write KRW-BTC (quote first)";
        if (Quotes.Contains(second) && Rank(second) < Rank(first))
            right = $"{second}-{first}";
        return right == symbol ? null : $"symbol '{symbol}' is not as Upbit writes it; did you mean '{right}'?";
    }

    // BTC-USDT is a market of Upbit's turned round; KRW-BTC and USDT-BTC are not.
    static int Rank(string asset) => Array.IndexOf(Quotes, asset) is var at and >= 0 ? at : Quotes.Length;
}
