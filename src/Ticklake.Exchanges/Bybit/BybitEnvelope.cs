using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Bybit;

/// <summary>
/// The outermost members of an object frame that say what it is, found in whatever order they stand. Each is what
/// stands between a string's quotes; empty where the member is missing or of another kind.
/// </summary>
ref struct BybitEnvelope
{
    public ReadOnlySpan<byte> Topic { get; private set; }

    /// <summary><c>subscribe</c>, <c>unsubscribe</c>, <c>ping</c>, <c>pong</c>.</summary>
    public ReadOnlySpan<byte> Operation { get; private set; }

    public ReadOnlySpan<byte> RequestId { get; private set; }

    public ReadOnlySpan<byte> Message { get; private set; }

    /// <summary>Null where the frame does not say.</summary>
    public bool? IsSuccess { get; private set; }

    /// <summary>Reads the whole frame, which must be one JSON object.</summary>
    public static bool TryRead(ReadOnlySpan<byte> frame, out BybitEnvelope read)
    {
        read = default;
        var cursor = new JsonCursor(frame);
        if (!cursor.Take((byte)'{'))
            return false;
        if (cursor.Take((byte)'}'))
            return cursor.AtEnd();
        do
        {
            if (!cursor.TakeKey(out var name) || !cursor.TakeValue(out var value))
                return false;
            read.Keep(name, value);
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)'}') && cursor.AtEnd();
    }

    void Keep(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (name.SequenceEqual("topic"u8))
            Topic = TextOf(value);
        else if (name.SequenceEqual("op"u8))
            Operation = TextOf(value);
        else if (name.SequenceEqual("req_id"u8))
            RequestId = TextOf(value);
        else if (name.SequenceEqual("ret_msg"u8))
            Message = TextOf(value);
        else if (name.SequenceEqual("success"u8))
            IsSuccess = value.SequenceEqual("true"u8);
    }

    static ReadOnlySpan<byte> TextOf(ReadOnlySpan<byte> value) =>
        value.Length >= 2 && value[0] == '"' ? value[1..^1] : default;
}
