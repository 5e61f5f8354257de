using System.Text;
using Google.Protobuf;

namespace Ticklake.Tests.Exchanges.Mexc;

/// <summary>
/// Hand-written frames: protobuf as its JSON form (the wire's bytes are made by Google.Protobuf), other bytes as <c>0x…</c>,
/// everything else as it stands.
/// </summary>
static class MexcFrames
{
    const string Hex = "0x";
    const string Push = "{\"channel\":";

    public static byte[] Of(string line)
    {
        if (line.StartsWith(Hex, StringComparison.Ordinal))
            return Convert.FromHexString(line.AsSpan(Hex.Length));
        return line.StartsWith(Push, StringComparison.Ordinal)
            ? JsonParser.Default.Parse<PushWrapper>(line).ToByteArray()
            : Encoding.UTF8.GetBytes(line);
    }

    public static bool IsWrapper(ReadOnlySpan<byte> frame) => Parses(PushWrapper.Parser, frame);

    /// <summary>A wrapper whatever its body: that of a channel that is not recorded is nobody's concern.</summary>
    public static bool IsEnvelope(ReadOnlySpan<byte> frame) => Parses(PushEnvelope.Parser, frame);

    static bool Parses(MessageParser parser, ReadOnlySpan<byte> frame)
    {
        try
        {
            parser.ParseFrom(frame);
            return true;
        }
        catch (InvalidProtocolBufferException)
        {
            return false;
        }
    }
}
