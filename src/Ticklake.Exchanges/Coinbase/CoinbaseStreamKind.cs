namespace Ticklake.Exchanges.Coinbase;

/// <summary>A channel of one of the two APIs.</summary>
enum CoinbaseStreamKind : byte
{
    /// <summary>Advanced Trade <c>level2</c>; its frames say <c>l2_data</c>.</summary>
    Books,

    /// <summary>Advanced Trade <c>market_trades</c>.</summary>
    MarketTrades,

    /// <summary>Advanced Trade <c>ticker</c>.</summary>
    Ticker,

    /// <summary>Advanced Trade <c>candles</c>.</summary>
    Candles,

    /// <summary>Exchange <c>matches</c>.</summary>
    Matches,

    /// <summary>Exchange <c>ticker</c>.</summary>
    ExchangeTicker,

    /// <summary>Exchange <c>level2_batch</c>, and <c>level2</c> in recordings from before 2023-08.</summary>
    ExchangeBooks,
}
