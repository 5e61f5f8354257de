using Ticklake.Core.Numbers;

namespace Ticklake.Core.Markets;

/// <summary>One tradable symbol as the exchange's own list describes it.</summary>
/// <param name="Symbol">The exchange's name.</param>
/// <param name="Base">What is traded, in the usual spelling: <c>BTC</c>.</param>
/// <param name="Quote">What it is paid with: <c>USDT</c>.</param>
/// <param name="Kind"><c>spot</c>, <c>perpetual</c>, <c>future</c>, <c>funding</c>.</param>
/// <param name="Status">The exchange's own word, <c>TRADING</c>; empty where it gives none.</param>
/// <param name="TickSize">Smallest step of a price, or <see cref="ExactDecimal.None"/>.</param>
/// <param name="LotSize">Smallest step of an amount, or <see cref="ExactDecimal.None"/>.</param>
/// <param name="ContractSize">Base units of one contract where amounts are contracts, else <see cref="ExactDecimal.None"/>.</param>
public sealed record Instrument(
    string Symbol,
    string Base,
    string Quote,
    string Kind,
    string Status,
    ExactDecimal TickSize,
    ExactDecimal LotSize,
    ExactDecimal ContractSize)
{
    /// <summary>The normalised pair, <c>BTC-USDT</c>; a funding currency alone.</summary>
    public string Pair => Quote.Length == 0 ? Base : $"{Base}-{Quote}";
}
