using Ticklake.Core.Events;
using Ticklake.Exchanges.Protobuf;

namespace Ticklake.Exchanges.Mexc;

/// <summary>
/// <c>PushDataV3ApiWrapper</c>: <c>1 channel, 3 symbol, 5 createTime, 6 sendTime, 301…315 body</c> (mexc.md 4.1), read in
/// whatever order they stand. A field that comes twice is refused, although protobuf would merge the two: no server writes
/// that, and two frames run together look like it.
/// </summary>
ref struct MexcEnvelope
{
    const uint FirstBody = 301;
    const uint LastBody = 315;

    long _createTimeUs;
    long _sendTimeUs;

    /// <summary>The topic; never empty.</summary>
    public ReadOnlySpan<byte> Topic { get; private set; }

    /// <summary>Empty where it is missing.</summary>
    public ReadOnlySpan<byte> Symbol { get; private set; }

    /// <summary>Field number of the body, or 0 where there is none.</summary>
    public uint BodyField { get; private set; }

    public ReadOnlySpan<byte> Body { get; private set; }

    /// <summary>When the server sent it, or <see cref="EventStamp.None"/>.</summary>
    public readonly long TimeUs => _sendTimeUs > 0 ? _sendTimeUs : _createTimeUs > 0 ? _createTimeUs : EventStamp.None;

    /// <summary>Reads the whole frame, which must be one wrapper with a topic.</summary>
    public static bool TryRead(ReadOnlySpan<byte> frame, out MexcEnvelope read)
    {
        read = default;
        MexcEnvelope envelope = default;
        var cursor = new ProtobufCursor(frame);
        while (!cursor.AtEnd)
        {
            if (!cursor.TakeTag(out var tag) || !envelope.TryTake(ref cursor, tag))
                return false;
        }

        read = envelope;
        return !read.Topic.IsEmpty;
    }

    bool TryTake(ref ProtobufCursor cursor, uint tag)
    {
        ReadOnlySpan<byte> value;
        switch (tag)
        {
            case ProtobufTag.Bytes1:
                if (!Topic.IsEmpty || !cursor.TakeBytes(out value))
                    return false;
                Topic = value;
                return true;
            case ProtobufTag.Bytes3:
                if (!Symbol.IsEmpty || !cursor.TakeBytes(out value))
                    return false;
                Symbol = value;
                return true;
            case ProtobufTag.Varint5:
                return _createTimeUs == 0 && cursor.TakeMilliseconds(out _createTimeUs);
            case ProtobufTag.Varint6:
                return _sendTimeUs == 0 && cursor.TakeMilliseconds(out _sendTimeUs);
        }

        if (!ProtobufTag.IsBytes(tag) || ProtobufTag.NumberOf(tag) is not (>= FirstBody and <= LastBody))
            return cursor.Skip(tag);
        if (BodyField != 0 || !cursor.TakeBytes(out value))
            return false;
        BodyField = ProtobufTag.NumberOf(tag);
        Body = value;
        return true;
    }
}
