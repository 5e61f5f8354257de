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

    public void Keep(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (key.SequenceEqual("time"u8))
            Seconds = value;
        else if (key.SequenceEqual("time_ms"u8))
            Milliseconds = value;
        else if (key.SequenceEqual("channel"u8))
            Channel = JsonText.Inside(value);
        else if (key.SequenceEqual("event"u8))
            Event = JsonText.Inside(value);
        else if (key.SequenceEqual("result"u8))
            Result = value;
        else if (key.SequenceEqual("error"u8))
            Error = value;
        else if (key.SequenceEqual("id"u8))
            Id = value;
        else if (key.SequenceEqual("type"u8))
            Type = JsonText.Inside(value);
        else if (key.SequenceEqual("msg"u8))
            Text = JsonText.Inside(value);
    }

    /// <summary>Code and text of an error object; zero and empty for any other value.</summary>
    public static (long Code, string Text) ReadError(ReadOnlySpan<byte> error)
    {
        var members = new JsonMembers(error);
        var (code, text) = (0L, JsonText.Decode(JsonText.Inside(error)));
        while (members.TryTake(out var key, out var value))
        {
            if (key.SequenceEqual("code"u8))
                _ = GateioValues.TryParse(value, out code);
            else if (key.SequenceEqual("message"u8))
                text = JsonText.Decode(JsonText.Inside(value));
        }

        return (code, text);
    }
}
