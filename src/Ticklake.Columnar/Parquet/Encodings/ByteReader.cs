using System.Buffers.Binary;

namespace Ticklake.Columnar.Parquet.Encodings;

/// <summary>Takes bytes from the front of a page and throws where there are too few.</summary>
ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    ReadOnlySpan<byte> _rest = bytes;

    public readonly ReadOnlySpan<byte> Rest => _rest;

    public byte ReadByte() => Read(1)[0];

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Read(4));

    /// <summary>The bytes after a four-byte length.</summary>
    public ReadOnlySpan<byte> ReadPrefixed() => Read(ReadInt32());

    public ReadOnlySpan<byte> Read(long count)
    {
        if (count < 0 || count > _rest.Length)
            throw new InvalidDataException("values reach beyond the end of their page");
        var taken = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return taken;
    }

    public ulong ReadVarint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var b = ReadByte();
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
                return value;
        }

        throw new InvalidDataException("a length is longer than 64 bits");
    }

    public long ReadZigZag()
    {
        var raw = ReadVarint();
        return (long)(raw >> 1) ^ -(long)(raw & 1);
    }
}
