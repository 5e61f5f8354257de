using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Binance;

/// <summary>
/// The outermost members of an object frame, found in whatever order they stand: the combined wrapper
/// (<c>stream data</c>), a raw payload (<c>e s k</c>, or <c>u b a</c> alone) or an answer (<c>result id code msg
/// error</c>).
/// Each is the JSON text of its value; empty where the member is missing.
/// </summary>
ref struct BinanceEnvelope
{
    public ReadOnlySpan<byte> Stream { get; private set; }

    public ReadOnlySpan<byte> Data { get; private set; }

    public ReadOnlySpan<byte> Type { get; private set; }

    public ReadOnlySpan<byte> Symbol { get; private set; }

    public ReadOnlySpan<byte> Candle { get; private set; }

    public ReadOnlySpan<byte> Id { get; private set; }

    /// <summary>Of a request of ours.</summary>
    public ReadOnlySpan<byte> Method { get; private set; }

    public ReadOnlySpan<byte> Result { get; private set; }

    public ReadOnlySpan<byte> Error { get; private set; }

    public ReadOnlySpan<byte> Code { get; private set; }

    public ReadOnlySpan<byte> Message { get; private set; }

    /// <summary>Which one-letter members there are.</summary>
    public ulong Letters { get; private set; }

    /// <summary>Reads the whole frame, which must be one JSON object.</summary>
    public static bool TryRead(ReadOnlySpan<byte> frame, out BinanceEnvelope read)
    {
        read = default;
        var members = new JsonMembers(frame);
        while (members.TryTake(out var key, out var value))
        {
            if (key.Length == 1)
                read.KeepLetter(key[0], value);
            else
                read.Keep(key, value);
        }

        return members.IsWhole;
    }

    void KeepLetter(byte key, ReadOnlySpan<byte> value)
    {
        Letters |= BinanceValues.Bit(key);
        if (key == 'e')
            Type = JsonText.Inside(value);
        else if (key == 's')
            Symbol = JsonText.Inside(value);
        else if (key == 'k')
            Candle = value;
    }

    void Keep(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (key.SequenceEqual("stream"u8))
            Stream = JsonText.Inside(value);
        else if (key.SequenceEqual("data"u8))
            Data = value;
        else if (key.SequenceEqual("id"u8))
            Id = value;
        else if (key.SequenceEqual("result"u8))
            Result = value;
        else if (key.SequenceEqual("method"u8))
            Method = JsonText.Inside(value);
        else if (key.SequenceEqual("error"u8))
            Error = value;
        else if (key.SequenceEqual("code"u8))
            Code = value;
        else if (key.SequenceEqual("msg"u8))
            Message = value;
    }
}
