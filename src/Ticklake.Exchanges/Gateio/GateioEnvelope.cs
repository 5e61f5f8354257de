using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Gateio;

/// <summary>
/// The outermost members of a frame, in whatever order they stand: <c>time time_ms channel event result</c>, an answer's
/// <c>id error</c>, an upgrade notice's <c>type msg</c>. JSON text of their values, strings without quotes; empty where a
/// member is missing.
/// </summary>
ref struct GateioEnvelope
{
    public ReadOnlySpan<byte> Channel { get; private set; }

    public ReadOnlySpan<byte> Event { get; private set; }

    public ReadOnlySpan<byte> Result { get; private set; }

    public ReadOnlySpan<byte> Error { get; private set; }

    public ReadOnlySpan<byte> Id { get; private set; }

    public ReadOnlySpan<byte> Type { get; private set; }

    public ReadOnlySpan<byte> Text { get; private set; }

    public ReadOnlySpan<byte> Seconds { get; private set; }

    public ReadOnlySpan<byte> Milliseconds { get; private set; }

    /// <summary>Null and missing mean success.</summary>
    public readonly bool IsError => !Error.IsEmpty && Error[0] != 'n';

    public static ReadOnlySpan<byte> TextOf(ReadOnlySpan<byte> value) =>
        value.Length >= 2 && value[0] == '"' ? value[1..^1] : default;

    public void Keep(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (key.SequenceEqual("time"u8))
            Seconds = value;
        else if (key.SequenceEqual("time_ms"u8))
            Milliseconds = value;
        else if (key.SequenceEqual("channel"u8))
            Channel = TextOf(value);
        else if (key.SequenceEqual("event"u8))
            Event = TextOf(value);
        else if (key.SequenceEqual("result"u8))
            Result = value;
        else if (key.SequenceEqual("error"u8))
            Error = value;
        else if (key.SequenceEqual("id"u8))
            Id = value;
        else if (key.SequenceEqual("type"u8))
            Type = TextOf(value);
        else if (key.SequenceEqual("msg"u8))
            Text = TextOf(value);
    }

    /// <summary>Code and text of an error object; zero and empty for any other value.</summary>
    public static (long Code, string Text) ReadError(ReadOnlySpan<byte> error)
    {
        var cursor = new JsonCursor(error);
        var (code, text) = (0L, "");
        if (!cursor.Take((byte)'{'))
            return (0, JsonText.Decode(TextOf(error)));
        while (cursor.TakeKey(out var key) && cursor.TakeValue(out var value))
        {
            if (key.SequenceEqual("code"u8))
                _ = GateioValues.TryParse(value, out code);
            else if (key.SequenceEqual("message"u8))
                text = JsonText.Decode(TextOf(value));
            if (!cursor.Take((byte)','))
                break;
        }

        return (code, text);
    }
}
