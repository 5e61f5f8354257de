using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges.Protobuf;

namespace Ticklake.Exchanges.Mexc;

/// <summary>
/// Candles: <c>1 interval, 2 windowStart, 3 open, 4 close, 5 high, 6 low, 7 volume, 8 amount, 9 windowEnd</c> (mexc.md 4.6).
/// Its times are seconds, unlike all others, and the close stands before high and low. Nothing marks the last one of a window.
/// </summary>
static class MexcCandleFrames
{
    public static bool TryTake(in MexcEnvelope envelope, MexcStream stream, out CandleEvent candle)
    {
        ExactDecimal open = ExactDecimal.None, close = ExactDecimal.None, high = ExactDecimal.None;
        ExactDecimal low = ExactDecimal.None, volume = ExactDecimal.None;
        var start = 0L;
        var hasInterval = false;
        candle = default;
        var cursor = new ProtobufCursor(envelope.Body);
        while (!cursor.AtEnd)
        {
            if (!cursor.TakeTag(out var tag))
                return false;
            var isTaken = tag switch
            {
                ProtobufTag.Bytes1 =>
                    hasInterval = cursor.TakeBytes(out var interval) && interval.SequenceEqual(stream.Interval),
                ProtobufTag.Varint2 => cursor.TakeSeconds(out start),
                ProtobufTag.Bytes3 => cursor.TakeDecimal(out open),
                ProtobufTag.Bytes4 => cursor.TakeDecimal(out close),
                ProtobufTag.Bytes5 => cursor.TakeDecimal(out high),
                ProtobufTag.Bytes6 => cursor.TakeDecimal(out low),
                ProtobufTag.Bytes7 => cursor.TakeDecimal(out volume),
                _ => cursor.Skip(tag),
            };
            if (!isTaken)
                return false;
        }

        candle = new CandleEvent(
            new EventStamp(EventStamp.None, envelope.TimeUs), start, open, high, low, close, volume,
            IsSnapshot: false, IsClosed: null);
        return hasInterval && start > 0 && !open.IsNone && !close.IsNone && !high.IsNone && !low.IsNone && !volume.IsNone;
    }
}
