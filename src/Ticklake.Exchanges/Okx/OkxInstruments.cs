namespace Ticklake.Exchanges.Okx;

/// <summary>
/// Instrument ids: <c>BTC-USDT</c> (spot), <c>BTC-USDT-SWAP</c>, <c>BTC-USD-261225</c> (futures; the date of delivery).
/// Options have five parts and are not recorded.
/// </summary>
static class OkxInstruments
{
    const int LongestSymbol = 60;
    const int DateLength = 6;

    /// <summary>The first two parts: base and quote of a pair, or the index that a contract is about.</summary>
    public static string PairOf(string symbol)
    {
        var parts = symbol.Split('-');
        return parts.Length < 2 ? symbol : $"{parts[0]}-{parts[1]}";
    }

    /// <summary>Everything but a pair is counted in contracts.</summary>
    public static bool IsDerivative(string symbol) => symbol.AsSpan().Count('-') > 1;

    /// <summary>Says what is wrong with a symbol of this market and what would be right; null if nothing is.</summary>
    public static string? FaultOf(string market, string symbol)
    {
        var right = symbol.Trim().ToUpperInvariant().Replace('/', '-').Replace('_', '-');
        var parts = right.Split('-');
        if (right.Length > LongestSymbol || parts.Length < 2
            || parts.Any(part => part.Length == 0 || !part.All(char.IsLetterOrDigit)))
            return $"symbol '{symbol}' is no OKX instrument; write {ExampleOf(market)}";
        if (MarketOf(parts) != market)
        {
            return MarketOf(parts) is { } other
                ? $"symbol '{symbol}' is of OKX's market {other}, not {market}; write {ExampleOf(market)}"
                : $"symbol '{symbol}' is of no market that is recorded; write {ExampleOf(market)}";
        }

        return right == symbol ? null : $"symbol '{symbol}' is not as OKX writes it; did you mean '{right}'?";
    }

    static string? MarketOf(string[] parts) => parts switch
    {
        [_, _] => OkxExchange.Spot.Market,
        [_, _, "SWAP"] => OkxExchange.Swap.Market,
        [_, _, { Length: DateLength } date] when date.All(char.IsAsciiDigit) => OkxExchange.Futures.Market,
        _ => null,
    };

    static string ExampleOf(string market) =>
        market == OkxExchange.Swap.Market ? "BTC-USDT-SWAP"
        : market == OkxExchange.Futures.Market ? "BTC-USD-261225" : "BTC-USDT";
}
