using Ticklake.Core.Markets;

namespace Ticklake.Core.Events;

/// <summary>A stream's place in the writer it was opened on; meaningless anywhere else.</summary>
public readonly record struct StreamSlot(int Index);

/// <summary>What a subscription was called on its connection; written to the common columns.</summary>
/// <param name="ChannelId">The exchange's number for the subscription (Bitfinex <c>chanId</c>), or null.</param>
/// <param name="SubscriptionId">Our own name for it that the exchange repeated, or null.</param>
/// <param name="Precision">Bitfinex book precision, or null.</param>
/// <param name="Frequency">Bitfinex book frequency, or null.</param>
/// <param name="Length">Levels or orders per side the exchange keeps in this stream, or null.</param>
public sealed record StreamTags(
    long? ChannelId = null,
    string? SubscriptionId = null,
    string? Precision = null,
    string? Frequency = null,
    int? Length = null)
{
    public static StreamTags Empty { get; } = new();

    /// <summary>Where the stream's rows come from.</summary>
    public RowSource Source { get; init; }
}

/// <summary>
/// Takes what a decoder found in one frame. The decoder reads a frame to its end before it writes anything, so a frame
/// that turns out malformed has written nothing. Called on the session's thread only; spans are valid during the call.
/// </summary>
public interface IEventWriter
{
    /// <summary>
    /// The slot of a stream: on acknowledgement, or when its first message arrives on an exchange that names streams in
    /// every message. The same key gives the same slot; new tags replace the old ones.
    /// </summary>
    StreamSlot Open(StreamKey key, StreamTags tags);

    /// <summary>
    /// The connection-wide counter of this frame, reported before anything else the frame holds and whether or not the
    /// frame is of use; with its stream where that is open. False: the frame is a repetition; write nothing more of it.
    /// </summary>
    bool Sequence(long seq, StreamSlot? stream);

    void Write(StreamSlot stream, in TradeEvent trade);

    void Write(StreamSlot stream, in BookUpdate update, ReadOnlySpan<BookLevel> levels);

    void Write(StreamSlot stream, in RawBookUpdate update, ReadOnlySpan<BookOrder> orders);

    void Write(StreamSlot stream, in BookChecksum checksum);

    void Write(StreamSlot stream, in TickerEvent ticker);

    void Write(StreamSlot stream, in BookTickerEvent ticker);

    void Write(StreamSlot stream, in CandleEvent candle);

    void Write(StreamSlot stream, in DepthSnapshot snapshot, ReadOnlySpan<BookLevel> levels);

    void Write(StreamSlot stream, in MarkPriceEvent price);

    void Write(StreamSlot stream, in LiquidationEvent liquidation);

    /// <summary>
    /// A message of a trade stream that is no trade of the market (Binance futures: a fill of the insurance fund) has taken
    /// this id: no row, and no hole either.
    /// </summary>
    void PassOver(StreamSlot stream, TradeId id, long exchangeTimeUs);

    /// <summary>The exchange says a stream (or, without one, the connection) is alive though it has no data.</summary>
    void Heartbeat(StreamSlot? stream);

    /// <summary>
    /// The exchange says which trade of the stream is its latest, outside the order of trades: one that has not come when it
    /// says so again was lost.
    /// </summary>
    void LatestTrade(StreamSlot stream, long tradeId)
    {
    }

    void Notice(ServerNotice notice);
}
