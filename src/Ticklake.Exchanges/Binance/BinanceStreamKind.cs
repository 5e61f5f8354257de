namespace Ticklake.Exchanges.Binance;

/// <summary>The shape of a stream's payload.</summary>
enum BinanceStreamKind : byte
{
    Trade,
    AggregateTrade,
    Depth,
    PartialDepth,
    BookTicker,
    Ticker,
    Candle,
}
