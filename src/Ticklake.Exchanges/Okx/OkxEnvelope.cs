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
        var members = new JsonMembers(frame);
        while (members.TryTake(out var key, out var value))
            read.Keep(key, value);
        return members.IsWhole;
    }

    /// <summary>Channel and instrument of an <c>arg</c>; the instrument is empty for channels that have none.</summary>
    public static bool TryReadArg(
        ReadOnlySpan<byte> arg, out ReadOnlySpan<byte> channel, out ReadOnlySpan<byte> symbol)
    {
        channel = symbol = default;
        var members = new JsonMembers(arg);
        while (members.TryTake(out var key, out var value))
        {
            if (key.SequenceEqual("channel"u8))
                channel = JsonText.Inside(value);
            else if (key.SequenceEqual("instId"u8))
                symbol = JsonText.Inside(value);
        }

        return members.IsWhole && !channel.IsEmpty;
    }

    void Keep(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (key.SequenceEqual("arg"u8))
            Arg = value;
        else if (key.SequenceEqual("action"u8))
            Action = JsonText.Inside(value);
        else if (key.SequenceEqual("data"u8))
            Data = value;
        else if (key.SequenceEqual("event"u8))
            Event = JsonText.Inside(value);
        else if (key.SequenceEqual("id"u8))
            Id = JsonText.Inside(value);
        else if (key.SequenceEqual("code"u8))
            Code = JsonText.Inside(value);
        else if (key.SequenceEqual("msg"u8))
            Message = JsonText.Inside(value);
    }
}
