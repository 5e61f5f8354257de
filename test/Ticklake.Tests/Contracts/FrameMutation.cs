namespace Ticklake.Tests.Contracts;

/// <summary>
/// Damages a frame as lines, buffers and servers do: bytes changed, lost, doubled; the start of another frame.
/// </summary>
static class FrameMutation
{
    // Bytes that mean something to a JSON parser are likelier to lead it astray than random ones.
    static readonly byte[] Telling = [.. "[]{}\",:\\-+.eE0123456789 nulltruefalse"u8, 0, 0x1F, 0x7F, 0x80, 0xC3, 0xFF];

    public static byte[] Of(byte[] frame, byte[] other, Random random)
    {
        var bytes = new List<byte>(frame);
        for (var times = random.Next(1, 4); times > 0; times--)
            Damage(bytes, other, random);
        return [.. bytes];
    }

    static void Damage(List<byte> bytes, byte[] other, Random random)
    {
        var at = random.Next(bytes.Count + 1);
        var length = random.Next(Math.Min(8, bytes.Count - at) + 1);
        switch (random.Next(6))
        {
            case 0 when at < bytes.Count:
                bytes[at] = Telling[random.Next(Telling.Length)];
                break;
            case 1:
                bytes.Insert(at, Telling[random.Next(Telling.Length)]);
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 4:
                bytes.RemoveRange(at, bytes.Count - at);
                bytes.AddRange(other);
                break;
            default:
                bytes.RemoveRange(at, bytes.Count - at);
                bytes.AddRange(other.AsSpan(random.Next(other.Length)));
                break;
        }
    }
}
