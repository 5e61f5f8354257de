namespace Ticklake.Exchanges.Bitfinex;

/// <summary>The shape of a channel's payload.</summary>
enum BitfinexStreamKind : byte
{
    Ticker,
    FundingTicker,
    Trades,
    Books,
    RawBooks,
    Candles,
}
