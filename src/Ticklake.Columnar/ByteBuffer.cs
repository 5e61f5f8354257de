using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Ticklake.Columnar;

/// <summary>
/// Bytes that grow as they are written and keep their memory when cleared, so a warm writer allocates nothing.
/// </summary>
sealed class ByteBuffer(int capacity = 256)
{
    byte[] _bytes = new byte[capacity];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <summary>
    /// At least <paramref name="size"/> writable bytes after what is written; <see cref="Advance"/> keeps them.
    /// </summary>
    public Span<byte> GetSpan(int size)
    {
        if (_bytes.Length - Length < size)
            Grow(size);
        return _bytes.AsSpan(Length);
    }

    public void Advance(int count) => Length += count;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Length += bytes.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteByte(byte value)
    {
        if (Length == _bytes.Length)
            Grow(1);
        _bytes[Length++] = value;
    }

    public void WriteInt32(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(GetSpan(4), value);
        Length += 4;
    }

    /// <summary>Overwrites four bytes already written.</summary>
    public void PatchInt32(int position, int value) =>
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(position, 4), value);

    /// <summary>Unsigned LEB128, as Thrift and every Parquet encoding use it.</summary>
    public void WriteVarint(ulong value)
    {
        while (value >= 0x80)
        {
            WriteByte((byte)(value | 0x80));
            value >>= 7;
        }

        WriteByte((byte)value);
    }

    public void WriteZigZag(long value) => WriteVarint(((ulong)value << 1) ^ (ulong)(value >> 63));

    void Grow(int size)
    {
        var wanted = Math.Max((long)Length + size, Math.Min(_bytes.Length * 2L, Array.MaxLength));
        Array.Resize(ref _bytes, checked((int)wanted));
    }
}
