namespace Ticklake.Exchanges;

/// <summary>
/// Bounds that no documented frame comes near: a decoder refuses what lies beyond them, so that what a frame costs and how
/// its rows are numbered stays bounded whatever a server sends.
/// </summary>
public static class FrameLimits
{
    /// <summary>
    /// Entries of one list (levels, orders, trades, candles). The longest documented list has 10,000; a row's place in its
    /// frame has room for 1,048,576 (docs/format/tables.md, <c>ingest_id</c>).
    /// </summary>
    public const int Entries = 1_000_000;

    /// <summary>
    /// Streams of one connection. The highest documented limit is 1,024; a recording may hold several connections as one.
    /// </summary>
    public const int Streams = 8192;
}
