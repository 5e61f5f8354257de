namespace Ticklake.Exchanges.Binance;

/// <summary>The shape of a stream's payload.</summary>
enum BinanceStreamKind : byte
{
    Trade,
    AggregateTrade,
    Depth,

    /// <summary>The top of the book in the shape of a REST answer: spot.</summary>
    PartialDepth,

    /// <summary>The top of the book in the shape of an update: futures. Only the stream's name tells it from one.</summary>
    PartialUpdate,
    BookTicker,
    Ticker,
    Candle,
    MarkPrice,
    Liquidation,
}
