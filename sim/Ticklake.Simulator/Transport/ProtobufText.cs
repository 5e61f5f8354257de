using System.Text;

namespace Ticklake.Simulator.Transport;

/// <summary>
/// Builds one protobuf message, fields in the order of the calls. As proto3 does, it leaves out what has its default value.
/// </summary>
sealed class ProtobufText
{
    const int Varints = 0;
    const int Lengths = 2;

    readonly List<byte> _bytes = [];

    public byte[] ToArray() => [.. _bytes];

    public ProtobufText Number(int field, long value)
    {
        if (value == 0)
            return this;
        Varint((ulong)((field << 3) | Varints));
        Varint((ulong)value);
        return this;
    }

    public ProtobufText Text(int field, string value) =>
        value.Length == 0 ? this : Block(field, Encoding.UTF8.GetBytes(value));

    /// <summary>A message within the message; it is there even if nothing is in it.</summary>
    public ProtobufText Message(int field, ProtobufText message) => Block(field, message.ToArray());

    ProtobufText Block(int field, byte[] bytes)
    {
        Varint((ulong)((field << 3) | Lengths));
        Varint((ulong)bytes.Length);
        _bytes.AddRange(bytes);
        return this;
    }

    void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            _bytes.Add((byte)(value | 0x80));
        _bytes.Add((byte)value);
    }
}
