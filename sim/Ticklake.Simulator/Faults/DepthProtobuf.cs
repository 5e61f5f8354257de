using System.Text;

namespace Ticklake.Simulator.Faults;

/// <summary>
/// A MEXC push with levels left out: field 313 is the depth, in it fields 1 and 2 are asks and bids, whose field 1 is the price
/// (mexc.md section 4.3).
/// </summary>
static class DepthProtobuf
{
    const int DepthField = 313;
    const int Lengths = 2;

    public static byte[] Rewrite(byte[] message, Predicate<NamedLevel> keeps) => Copy(
        message, (field, block) => field == DepthField ? Copy(block, (side, level) => Keep(side, level, keeps)) : block);

    static byte[]? Keep(int field, byte[] level, Predicate<NamedLevel> keeps)
    {
        if (field is not (1 or 2))
            return level;
        decimal? price = null;
        Copy(level, (member, text) =>
        {
            if (member == 1)
                price = StreamLevels.Number(Encoding.UTF8.GetString(text));
            return text;
        });
        return price is not { } named || keeps(new NamedLevel(field == 2, named)) ? level : null;
    }

    /// <summary>Copies all fields; blocks as <paramref name="change"/> says, null leaves one out.</summary>
    static byte[] Copy(byte[] message, Func<int, byte[], byte[]?> change)
    {
        var copy = new List<byte>();
        for (var at = 0; at < message.Length;)
        {
            var begin = at;
            var tag = Varint(message, ref at);
            var value = Varint(message, ref at);
            if ((tag & 7) != Lengths)
            {
                copy.AddRange(message[begin..at]);
                continue;
            }

            var block = change((int)(tag >> 3), message[at..(at + (int)value)]);
            at += (int)value;
            if (block is null)
                continue;
            Write(copy, tag);
            Write(copy, (ulong)block.Length);
            copy.AddRange(block);
        }

        return [.. copy];
    }

    static ulong Varint(byte[] message, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = message[at++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return value;
        }
    }

    static void Write(List<byte> copy, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            copy.Add((byte)(value | 0x80));
        copy.Add((byte)value);
    }
}
