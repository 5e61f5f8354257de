using System.Text;
using Ticklake.Core.Markets;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Bybit;

/// <summary>The streams of a connection by topic.</summary>
sealed class BybitStreams(MarketId market) : NamedStreams<BybitStream>
{
    static ReadOnlySpan<byte> Books => "orderbook."u8;

    /// <summary>The stream of this topic, open or new; null if none that is recorded.</summary>
    public BybitStream? Find(ReadOnlySpan<byte> topic) => topic.Contains((byte)'\\')
        ? FindPlain(Encoding.UTF8.GetBytes(JsonText.Decode(topic)))
        : FindPlain(topic);

    BybitStream? FindPlain(ReadOnlySpan<byte> topic) => FindOpen(topic) ?? Describe(topic);

    BybitStream? Describe(ReadOnlySpan<byte> topic) =>
        Open.Count < FrameLimits.Streams
        && MayBeRecorded(topic)
        && BybitTopic.TryParse(market, Encoding.UTF8.GetString(topic), out var key)
            ? new BybitStream(topic.ToArray(), key)
            : null;

    // A glance that costs nothing: frames of other topics may come as often. orderbook.rpi has levels of another shape.
    static bool MayBeRecorded(ReadOnlySpan<byte> topic) =>
        (topic.StartsWith(Books) && topic.Length > Books.Length && topic[Books.Length] is >= (byte)'0' and <= (byte)'9')
        || topic.StartsWith("publicTrade."u8) || topic.StartsWith("tickers."u8) || topic.StartsWith("kline."u8)
        || topic.StartsWith("allLiquidation."u8);
}
