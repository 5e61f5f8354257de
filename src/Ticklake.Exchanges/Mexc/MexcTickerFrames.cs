using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges.Protobuf;

namespace Ticklake.Exchanges.Mexc;

/// <summary>
/// Best prices, one (<c>1 bidPrice, 2 bidQuantity, 3 askPrice, 4 askQuantity, 5 version, 6 lastOrderCreateTime</c>) or a
/// batch of them, and the day's statistics (mexc.md 4.4 and 4.7).
/// </summary>
sealed class MexcTickerFrames
{
    BookTickerEvent[] _quotes = new BookTickerEvent[8];
    int _count;

    /// <summary>The frame's quotes in its order.</summary>
    public ReadOnlySpan<BookTickerEvent> Quotes => _quotes.AsSpan(0, _count);

    public bool TryTakeQuote(in MexcEnvelope envelope)
    {
        _count = 0;
        return TryTakeQuote(envelope.Body, envelope.TimeUs);
    }

    /// <summary><c>1 items, 2 version, 3 lastOrderCreateTime</c>; the last two are of the frame, its items have none.</summary>
    public bool TryTakeBatch(in MexcEnvelope envelope)
    {
        long version = 0, time = 0;
        _count = 0;
        var cursor = new ProtobufCursor(envelope.Body);
        while (!cursor.AtEnd)
        {
            if (!cursor.TakeTag(out var tag))
                return false;
            var isTaken = tag switch
            {
                ProtobufTag.Bytes1 => cursor.TakeBytes(out var item) && TryTakeQuote(item, envelope.TimeUs),
                ProtobufTag.Bytes2 => version == 0 && cursor.TakeDigits(out version),
                ProtobufTag.Varint3 => cursor.TakeMilliseconds(out time),
                _ => cursor.Skip(tag),
            };
            if (!isTaken)
                return false;
        }

        // The version is that of the last item; rows with equal ids would be taken for repetitions.
        if (_count > 0 && version > 0)
        {
            var stamp = new EventStamp(version, time > 0 ? time : envelope.TimeUs);
            _quotes[_count - 1] = _quotes[_count - 1] with { Stamp = stamp, UpdateId = version };
        }

        return true;
    }

    /// <summary>
    /// <c>2 price, 4 zonedRate, 5 high, 6 low, 7 volume, 8 quantity</c>. The names are crossed: <c>volume</c> is of the quote,
    /// <c>quantity</c> of the base asset.
    /// </summary>
    public static bool TryTakeDay(in MexcEnvelope envelope, MexcStream stream, out TickerEvent ticker)
    {
        ExactDecimal last = ExactDecimal.None, rate = ExactDecimal.None, high = ExactDecimal.None;
        ExactDecimal low = ExactDecimal.None, volume = ExactDecimal.None;
        ticker = default;
        var cursor = new ProtobufCursor(envelope.Body);
        while (!cursor.AtEnd)
        {
            if (!cursor.TakeTag(out var tag))
                return false;
            var isTaken = tag switch
            {
                ProtobufTag.Bytes1 => cursor.TakeBytes(out var symbol) && symbol.SequenceEqual(stream.Symbol),
                ProtobufTag.Bytes2 => cursor.TakeOptionalDecimal(out last),
                ProtobufTag.Bytes4 => cursor.TakeOptionalDecimal(out rate),
                ProtobufTag.Bytes5 => cursor.TakeOptionalDecimal(out high),
                ProtobufTag.Bytes6 => cursor.TakeOptionalDecimal(out low),
                ProtobufTag.Bytes8 => cursor.TakeOptionalDecimal(out volume),
                _ => cursor.Skip(tag),
            };
            if (!isTaken)
                return false;
        }

        var none = ExactDecimal.None;
        ticker = new TickerEvent(
            new EventStamp(EventStamp.None, envelope.TimeUs), none, none, none, none, last, volume, high, low, none, rate);
        return !last.IsNone;
    }

    bool TryTakeQuote(ReadOnlySpan<byte> body, long frameTimeUs)
    {
        ExactDecimal bid = ExactDecimal.None, bidSize = ExactDecimal.None;
        ExactDecimal ask = ExactDecimal.None, askSize = ExactDecimal.None;
        long version = 0, time = 0;
        var cursor = new ProtobufCursor(body);
        while (!cursor.AtEnd)
        {
            if (!cursor.TakeTag(out var tag))
                return false;
            var isTaken = tag switch
            {
                ProtobufTag.Bytes1 => cursor.TakeOptionalDecimal(out bid),
                ProtobufTag.Bytes2 => cursor.TakeOptionalDecimal(out bidSize),
                ProtobufTag.Bytes3 => cursor.TakeOptionalDecimal(out ask),
                ProtobufTag.Bytes4 => cursor.TakeOptionalDecimal(out askSize),
                ProtobufTag.Bytes5 => version == 0 && cursor.TakeDigits(out version),
                ProtobufTag.Varint6 => cursor.TakeMilliseconds(out time),
                _ => cursor.Skip(tag),
            };
            if (!isTaken)
                return false;
        }

        var id = version > 0 ? version : EventStamp.None;
        if (_count == _quotes.Length)
            Array.Resize(ref _quotes, _count * 2);
        _quotes[_count++] = new BookTickerEvent(
            new EventStamp(id, time > 0 ? time : frameTimeUs), bid, bidSize, ask, askSize, id);
        return !bid.IsNegative && !bidSize.IsNegative && !ask.IsNegative && !askSize.IsNegative;
    }
}
