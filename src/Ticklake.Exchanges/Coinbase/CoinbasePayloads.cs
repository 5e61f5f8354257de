namespace Ticklake.Exchanges.Coinbase;

/// <summary>The readers of one connection's payloads, which share its streams.</summary>
sealed class CoinbasePayloads(CoinbaseStreams streams, CoinbaseAcknowledgement subscriptions)
{
    public CoinbaseStreams Streams { get; } = streams;

    public CoinbaseAcknowledgement Subscriptions { get; } = subscriptions;

    public CoinbaseBookFrames Books { get; } = new(streams);

    public CoinbaseTradeFrames Trades { get; } = new(streams);

    public CoinbaseTickerFrames Tickers { get; } = new(streams);

    public CoinbaseCandleFrames Candles { get; } = new(streams);

    public void BeginFrame()
    {
        Streams.BeginFrame();
        Subscriptions.BeginFrame();
        Books.BeginFrame();
        Trades.BeginFrame();
        Tickers.BeginFrame();
        Candles.BeginFrame();
    }
}
