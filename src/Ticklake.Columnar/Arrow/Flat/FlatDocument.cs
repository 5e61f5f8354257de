using System.Buffers.Binary;
using System.Text;

namespace Ticklake.Columnar.Arrow.Flat;

/// <summary>
/// A FlatBuffer that somebody else wrote: every reference and length is checked before it is followed, and texts that
/// overlap cannot make more of it than twice its size.
/// </summary>
sealed class FlatDocument(byte[] bytes)
{
    long _textBudget = 2L * bytes.Length;

    public FlatTable Root => Table(0);

    /// <summary>The table that the reference at <paramref name="field"/> points to.</summary>
    public FlatTable Table(int field)
    {
        var table = Follow(field, 4);
        var places = table - (long)BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(table));
        if (places < 0 || places > bytes.Length - 4)
            throw new InvalidDataException("a table of its metadata has its fields outside it");
        var placesLength = UInt16((int)places);
        var length = UInt16((int)places + 2);
        if (placesLength < 4 || placesLength > bytes.Length - places || length < 4 || length > bytes.Length - table)
            throw new InvalidDataException("a table of its metadata reaches beyond its end");
        return new FlatTable(this, table, length, (int)places, placesLength);
    }

    /// <summary>The vector that the reference at <paramref name="field"/> points to.</summary>
    public FlatVector Vector(int field, int elementSize)
    {
        var vector = Follow(field, 4);
        var count = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(vector));
        if (count < 0 || count > (bytes.Length - vector - 4) / elementSize)
            throw new InvalidDataException($"a list of its metadata claims {count} elements");
        return new FlatVector(this, vector + 4, count);
    }

    public string Text(int field)
    {
        var text = Follow(field, 4);
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(text));
        if (length < 0 || length > bytes.Length - text - 4 || length > _textBudget)
            throw new InvalidDataException($"a text of its metadata claims {length} bytes");
        _textBudget -= length;
        return Encoding.UTF8.GetString(bytes, text + 4, length);
    }

    public byte Byte(int at) => bytes[at];

    public int UInt16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));

    public int Int32(int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));

    public long Int64(int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at));

    int Follow(int field, int size)
    {
        if (field > bytes.Length - 4)
            throw new InvalidDataException("its metadata is cut short");
        var target = field + (long)BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(field));
        if (target > bytes.Length - size)
            throw new InvalidDataException("a reference of its metadata points beyond its end");
        return (int)target;
    }
}
