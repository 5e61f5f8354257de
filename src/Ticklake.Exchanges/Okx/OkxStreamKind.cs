namespace Ticklake.Exchanges.Okx;

/// <summary>The shape of a stream's payload.</summary>
enum OkxStreamKind : byte
{
    Book,
    TopLevels,
    BestPrices,

    /// <summary>Fills of one taker order at one price, folded.</summary>
    Trades,

    /// <summary>Every fill alone.</summary>
    Fills,
    Ticker,
    Candles,
}
