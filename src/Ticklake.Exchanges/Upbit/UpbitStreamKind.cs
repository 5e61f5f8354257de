namespace Ticklake.Exchanges.Upbit;

/// <summary>The type of a frame: the shape of its members.</summary>
enum UpbitStreamKind : byte
{
    /// <summary>None that is recorded.</summary>
    None,
    Book,
    Trade,
    Ticker,
    Candle,
}
