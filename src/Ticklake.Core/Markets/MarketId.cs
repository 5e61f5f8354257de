namespace Ticklake.Core.Markets;

/// <summary>An exchange and one of its markets: <c>binance</c> <c>spot</c>.</summary>
public sealed record MarketId(string Exchange, string Market)
{
    public const string Spot = "spot";

    /// <summary>The name in segment paths: the exchange alone for its spot market, <c>exchange-market</c> otherwise.</summary>
    public string PathName => Market == Spot ? Exchange : $"{Exchange}-{Market}";

    public override string ToString() => $"{Exchange}/{Market}";
}
