namespace Ticklake.Exchanges.Gateio;

/// <summary>Symbols ("currency pairs"): base and quote, upper case, with an underscore between (<c>BTC_USDT</c>).</summary>
static class GateioInstruments
{
    const int LongestSymbol = 48;

    /// <summary>Quotes hold no underscore.</summary>
    public static string PairOf(string symbol)
    {
        var at = symbol.LastIndexOf('_');
        return at < 0 ? symbol : $"{symbol[..at]}-{symbol[(at + 1)..]}";
    }

    /// <summary>Says what is wrong with a symbol and what would be right; null if nothing is.</summary>
    public static string? FaultOf(string symbol)
    {
        var right = symbol.Replace('-', '_').Replace('/', '_').ToUpperInvariant();
        var at = right.LastIndexOf('_');
        if (at < 1 || at == right.Length - 1 || right.Length > LongestSymbol
            || right.Any(c => !char.IsLetterOrDigit(c) && c is not ('_' or '.')))
            return $"symbol '{symbol}' is no Gate.io currency pair; write BTC_USDT";
        return right == symbol ? null : $"symbol '{symbol}' is not as Gate.io writes it; did you mean '{right}'?";
    }
}
