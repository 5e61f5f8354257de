namespace Ticklake.Exchanges.Gateio;

/// <summary>The channel of a frame: the shape of its result.</summary>
enum GateioStreamKind : byte
{
    /// <summary>None that is recorded.</summary>
    None,
    BookTicker,
    Trades,
    Ticker,
    Candles,

    /// <summary><c>spot.obu</c>: order book V2.</summary>
    Book,

    /// <summary><c>spot.order_book_update</c>.</summary>
    BookUpdate,

    /// <summary><c>spot.order_book</c>.</summary>
    TopOfBook,
}
