using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Okx;

/// <summary>
/// The outermost members of a frame, found in whatever order they stand: <c>arg action data</c> of data, <c>event</c> with
/// <c>id arg code msg</c> of everything else. Each is the JSON text of its value; empty where the member is missing.
/// </summary>
ref struct OkxEnvelope
{
    public ReadOnlySpan<byte> Arg { get; private set; }

    public ReadOnlySpan<byte> Action { get; private set; }

    public ReadOnlySpan<byte> Data { get; private set; }

    public ReadOnlySpan<byte> Event { get; private set; }

    public ReadOnlySpan<byte> Id { get; private set; }

    public ReadOnlySpan<byte> Code { get; private set; }

    public ReadOnlySpan<byte> Message { get; private set; }

    /// <summary>Reads the whole frame, which must be one JSON object.</summary>
    public static bool TryRead(ReadOnlySpan<byte> frame, out OkxEnvelope read)
    {
        read = default;
        var cursor = new JsonCursor(frame);
        if (!cursor.Take((byte)'{'))
            return false;
        if (cursor.Take((byte)'}'))
            return cursor.AtEnd();
        do
        {
            if (!cursor.TakeKey(out var key) || !cursor.TakeValue(out var value))
                return false;
            read.Keep(key, value);
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)'}') && cursor.AtEnd();
    }

    /// <summary>Channel and instrument of an <c>arg</c>; the instrument is empty for channels that have none.</summary>
    public static bool TryReadArg(
        ReadOnlySpan<byte> arg, out ReadOnlySpan<byte> channel, out ReadOnlySpan<byte> symbol)
    {
        channel = symbol = default;
        var cursor = new JsonCursor(arg);
        if (!cursor.Take((byte)'{') || cursor.Take((byte)'}'))
            return false;
        do
        {
            if (!cursor.TakeKey(out var key) || !cursor.TakeValue(out var value))
                return false;
            if (key.SequenceEqual("channel"u8))
                channel = TextOf(value);
            else if (key.SequenceEqual("instId"u8))
                symbol = TextOf(value);
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)'}') && !channel.IsEmpty;
    }

    /// <summary>What stands between a string's quotes; empty for any other value.</summary>
    public static ReadOnlySpan<byte> TextOf(ReadOnlySpan<byte> value) =>
        value.Length >= 2 && value[0] == '"' ? value[1..^1] : default;

    void Keep(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (key.SequenceEqual("arg"u8))
            Arg = value;
        else if (key.SequenceEqual("action"u8))
            Action = TextOf(value);
        else if (key.SequenceEqual("data"u8))
            Data = value;
        else if (key.SequenceEqual("event"u8))
            Event = TextOf(value);
        else if (key.SequenceEqual("id"u8))
            Id = TextOf(value);
        else if (key.SequenceEqual("code"u8))
            Code = TextOf(value);
        else if (key.SequenceEqual("msg"u8))
            Message = TextOf(value);
    }
}
