namespace Ticklake.Exchanges.Mexc;

/// <summary>The shape of a topic's body; the value is the body's field number in the wrapper (mexc.md 4.1).</summary>
enum MexcStreamKind
{
    LimitDepth = 303,
    Candle = 308,
    MiniTicker = 309,
    BookTickerBatch = 311,
    Depth = 313,
    Deals = 314,
    BookTicker = 315,
}
