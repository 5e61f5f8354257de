namespace Ticklake.Exchanges.Bitfinex;

/// <summary>
/// Symbols: <c>t</c> and a pair, <c>f</c> and a currency. Two codes of three characters are joined (<c>tBTCUSD</c>), as
/// soon as one is longer a colon stands between them (<c>tDUSK:USD</c>).
/// </summary>
static class BitfinexInstruments
{
    const int JoinedLength = 6;
    const int LongestSymbol = 40;

    public static bool IsTrading(string symbol) => symbol.Length > 1 && symbol[0] == 't';

    public static bool IsFunding(string symbol) => symbol.Length > 1 && symbol[0] == 'f';

    public static string PairOf(string symbol)
    {
        if (symbol.Length < 2)
            return symbol;
        var codes = symbol.AsSpan(1);
        if (IsFunding(symbol))
            return Usual(codes);
        var colon = codes.IndexOf(':');
        if (colon >= 0)
            return $"{Usual(codes[..colon])}-{Usual(codes[(colon + 1)..])}";
        return codes.Length == JoinedLength ? $"{Usual(codes[..3])}-{Usual(codes[3..])}" : codes.ToString();
    }

    /// <summary>Says what is wrong with a symbol and what would be right; null if nothing is.</summary>
    public static string? FaultOf(string symbol)
    {
        if (symbol.Length is < 2 or > LongestSymbol)
            return $"symbol '{symbol}' is no Bitfinex symbol; write tBTCUSD, tDUSK:USD or fUSD";
        var prefix = symbol[0] is 't' or 'f' ? symbol[0] : 't';
        var codes = symbol[0] is 't' or 'f' ? symbol[1..] : symbol;
        var right = prefix + Joined(codes.ToUpperInvariant(), prefix);
        return right == symbol && IsWellFormed(codes, prefix)
            ? null
            : IsWellFormed(right[1..], prefix)
                ? $"symbol '{symbol}' is not as Bitfinex writes it; did you mean '{right}'?"
                : $"symbol '{symbol}' is no Bitfinex symbol; write tBTCUSD, tDUSK:USD or fUSD";
    }

    /// <summary>The pair with Bitfinex's own separator, whatever separator it was written with.</summary>
    static string Joined(string codes, char prefix)
    {
        if (prefix == 'f')
            return codes;
        var parts = codes.Split('-', '/', '_', ':');
        return parts is [{ Length: 3 }, { Length: 3 }] && !codes.Contains(':')
            ? parts[0] + parts[1]
            : string.Join(':', parts);
    }

    static bool IsWellFormed(string codes, char prefix)
    {
        var parts = codes.Split(':');
        var isComplete = prefix == 'f' || parts.Length == 2 || codes.Length == JoinedLength;
        return isComplete && parts.Length <= 2
            && parts.All(part => part.Length >= 2 && part.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c)));
    }

    // pub:map:currency:sym names more; this one is in nearly every portfolio.
    public static string Usual(ReadOnlySpan<char> code) => code is "UST" ? "USDT" : code.ToString();
}
