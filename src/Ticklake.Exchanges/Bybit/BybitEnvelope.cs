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
        var members = new JsonMembers(frame);
        while (members.TryTake(out var name, out var value))
            read.Keep(name, value);
        return members.IsWhole;
    }

    void Keep(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (name.SequenceEqual("topic"u8))
            Topic = JsonText.Inside(value);
        else if (name.SequenceEqual("op"u8))
            Operation = JsonText.Inside(value);
        else if (name.SequenceEqual("req_id"u8))
            RequestId = JsonText.Inside(value);
        else if (name.SequenceEqual("ret_msg"u8))
            Message = JsonText.Inside(value);
        else if (name.SequenceEqual("success"u8))
            IsSuccess = value.SequenceEqual("true"u8);
    }
}
