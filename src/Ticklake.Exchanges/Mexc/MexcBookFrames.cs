using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges.Json;
using Ticklake.Exchanges.Protobuf;

namespace Ticklake.Exchanges.Mexc;

/// <summary>
/// Books: increments (<c>1 asks, 2 bids, 4 fromVersion, 5 toVersion, 6 lastOrderCreateTime</c>, mexc.md 4.3), top levels
/// (<c>1 asks, 2 bids, 4 version, 5 lastOrderCreateTime</c>, 4.5) and REST snapshots (section 6). Levels are
/// <c>1 price, 2 quantity</c>; quantity 0 removes.
/// </summary>
sealed class MexcBookFrames
{
    readonly JsonLevels _levels = new();

    public ReadOnlySpan<BookLevel> Levels => _levels.Written;

    public bool TryTakeUpdate(in MexcEnvelope envelope, out BookUpdate update)
    {
        long first = 0, last = 0, time = 0;
        _levels.Clear();
        update = default;
        var cursor = new ProtobufCursor(envelope.Body);
        while (!cursor.AtEnd)
        {
            if (!cursor.TakeTag(out var tag))
                return false;
            var isTaken = tag switch
            {
                ProtobufTag.Bytes1 => TryTakeLevel(ref cursor, BookSide.Ask),
                ProtobufTag.Bytes2 => TryTakeLevel(ref cursor, BookSide.Bid),
                ProtobufTag.Bytes4 => first == 0 && cursor.TakeDigits(out first),
                ProtobufTag.Bytes5 => last == 0 && cursor.TakeDigits(out last),
                ProtobufTag.Varint6 => cursor.TakeMilliseconds(out time),
                _ => cursor.Skip(tag),
            };
            if (!isTaken)
                return false;
        }

        if (first <= 0 || last < first)
            return false;
        var stamp = new EventStamp(last, time > 0 ? time : envelope.TimeUs);
        update = new BookUpdate(stamp, IsSnapshot: false, first, last, EventStamp.None, EventStamp.None);
        return true;
    }

    /// <summary>The best levels of both sides, bids before asks whatever their order in the frame.</summary>
    public bool TryTakeWhole(in MexcEnvelope envelope, out DepthSnapshot snapshot)
    {
        long version = 0, time = 0;
        _levels.Clear();
        snapshot = default;
        var cursor = new ProtobufCursor(envelope.Body);
        while (!cursor.AtEnd)
        {
            if (!cursor.TakeTag(out var tag))
                return false;
            var isTaken = tag switch
            {
                ProtobufTag.Bytes2 => TryTakeLevel(ref cursor, BookSide.Bid),
                ProtobufTag.Bytes4 => version == 0 && cursor.TakeDigits(out version),
                ProtobufTag.Varint5 => cursor.TakeMilliseconds(out time),
                _ => cursor.Skip(tag),
            };
            if (!isTaken)
                return false;
        }

        snapshot = new DepthSnapshot(new EventStamp(version, time > 0 ? time : envelope.TimeUs), version);
        return version > 0 && TryTakeAsks(envelope.Body);
    }

    /// <summary><c>{"lastUpdateId":…,"bids":[["p","q"],…],"asks":[…],"timestamp":…}</c></summary>
    public bool TryTakeAnswer(ref JsonCursor cursor, out BookUpdate update)
    {
        long id = 0, time = EventStamp.None;
        bool hasId = false, hasBids = false, hasAsks = false;
        _levels.Clear();
        update = default;
        if (!cursor.Take((byte)'{'))
            return false;
        do
        {
            if (!cursor.TakeKey(out var key))
                return false;
            bool isTaken;
            if (key.SequenceEqual("lastUpdateId"u8))
                isTaken = hasId = cursor.TakeInt64(out id);
            else if (key.SequenceEqual("bids"u8))
                isTaken = !hasBids && (hasBids = _levels.TryTake(ref cursor, BookSide.Bid));
            else if (key.SequenceEqual("asks"u8))
                isTaken = !hasAsks && (hasAsks = _levels.TryTake(ref cursor, BookSide.Ask));
            else if (key.SequenceEqual("timestamp"u8))
                isTaken = JsonTimes.TryTake(ref cursor, out time);
            else
                isTaken = cursor.Skip();
            if (!isTaken)
                return false;
        }
        while (cursor.Take((byte)','));
        update = new BookUpdate(
            new EventStamp(id, time), IsSnapshot: true, EventStamp.None, LastUpdateId: id, EventStamp.None, EventStamp.None);
        return cursor.Take((byte)'}') && cursor.AtEnd() && hasId && hasBids && hasAsks;
    }

    /// <summary>Asks stand first on the wire and last in the table: a second walk, which skips everything else.</summary>
    bool TryTakeAsks(ReadOnlySpan<byte> body)
    {
        var cursor = new ProtobufCursor(body);
        while (!cursor.AtEnd)
        {
            if (!cursor.TakeTag(out var tag)
                || !(tag == ProtobufTag.Bytes1 ? TryTakeLevel(ref cursor, BookSide.Ask) : cursor.Skip(tag)))
                return false;
        }

        return true;
    }

    bool TryTakeLevel(ref ProtobufCursor frame, BookSide side)
    {
        if (!frame.TakeBytes(out var item))
            return false;
        ExactDecimal price = ExactDecimal.None, amount = ExactDecimal.None;
        var cursor = new ProtobufCursor(item);
        while (!cursor.AtEnd)
        {
            if (!cursor.TakeTag(out var tag))
                return false;
            var isTaken = tag switch
            {
                ProtobufTag.Bytes1 => cursor.TakeDecimal(out price),
                ProtobufTag.Bytes2 => cursor.TakeDecimal(out amount),
                _ => cursor.Skip(tag),
            };
            if (!isTaken)
                return false;
        }

        if (price.IsNone || amount.IsNone || price.IsNegative || amount.IsNegative)
            return false;
        _levels.Add(new BookLevel(side, price, amount));
        return true;
    }
}
