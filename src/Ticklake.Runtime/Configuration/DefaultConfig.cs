namespace Ticklake.Runtime.Configuration;

/// <summary>What is recorded where nobody says: read like a file, so that it can be shown and copied.</summary>
public static class DefaultConfig
{
    /// <summary>How messages call it.</summary>
    public const string Name = "(built-in defaults)";

    public const string Yaml =
        """
        data: ./data
        exchanges:
          bitfinex:
            streams:
              - channel: [ticker, trades, books, raw_books]
                symbols: [tBTCUSD, tETHUSD]
              - channel: candles
                symbols: [tBTCUSD, tETHUSD]
                timeframe: 1m
          binance:
            market: spot
            streams:
              - channel: [trades, books, book_ticker, ticker]
                symbols: [BTCUSDT, ETHUSDT]
              - channel: candles
                symbols: [BTCUSDT, ETHUSDT]
                timeframe: 1m

        """;
}
