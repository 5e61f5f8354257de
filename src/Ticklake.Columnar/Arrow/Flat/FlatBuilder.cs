using System.Buffers.Binary;
using System.Text;

namespace Ticklake.Columnar.Arrow.Flat;

/// <summary>
/// Builds one FlatBuffer front to back (FlatBuffers, "Internals"): references only point forward, so a table is written
/// before what it refers to and linked to it afterwards. The first table is the root.
/// </summary>
sealed class FlatBuilder
{
    const int LargestAlignment = 8;

    readonly ByteBuffer _bytes = new(4096);

    /// <summary>The whole buffer, padded to a multiple of eight.</summary>
    public ReadOnlySpan<byte> Written
    {
        get
        {
            Pad(LargestAlignment, 0);
            return _bytes.Written;
        }
    }

    public void Clear()
    {
        _bytes.Clear();
        _bytes.WriteInt32(0);
    }

    /// <summary>Writes a table behind its own list of field places; where it lies.</summary>
    public int Table(params ReadOnlySpan<FlatField> fields)
    {
        var slots = 0;
        foreach (var field in fields)
            slots = Math.Max(slots, field.Slot + 1);
        var placesLength = 4 + (2 * slots);
        Pad(LargestAlignment, placesLength);
        var table = _bytes.Length + placesLength;
        if (BinaryPrimitives.ReadInt32LittleEndian(_bytes.Written) == 0)
            _bytes.PatchInt32(0, table);

        var length = 4;
        foreach (var field in fields)
            length = Aligned(length, field.Size) + field.Size;
        var span = _bytes.GetSpan(placesLength + length)[..(placesLength + length)];
        span.Clear();
        BinaryPrimitives.WriteInt16LittleEndian(span, (short)placesLength);
        BinaryPrimitives.WriteInt16LittleEndian(span[2..], (short)length);
        BinaryPrimitives.WriteInt32LittleEndian(span[placesLength..], placesLength);
        var at = 4;
        foreach (var field in fields)
        {
            at = Aligned(at, field.Size);
            BinaryPrimitives.WriteInt16LittleEndian(span[(4 + (2 * field.Slot))..], (short)at);
            WriteValue(span[(placesLength + at)..], field);
            at += field.Size;
        }

        _bytes.Advance(span.Length);
        return table;
    }

    /// <summary>Points a table's field at what has been written at <paramref name="target"/>.</summary>
    public void Link(int table, int slot, int target)
    {
        var bytes = _bytes.Written;
        var places = table - BinaryPrimitives.ReadInt32LittleEndian(bytes[table..]);
        var field = table + BinaryPrimitives.ReadInt16LittleEndian(bytes[(places + 4 + (2 * slot))..]);
        _bytes.PatchInt32(field, target - field);
    }

    /// <summary>Writes a vector of references, to be linked one by one; where it lies.</summary>
    public int References(int count)
    {
        Pad(4, 0);
        var vector = _bytes.Length;
        _bytes.WriteInt32(count);
        for (var i = 0; i < count; i++)
            _bytes.WriteInt32(0);
        return vector;
    }

    public void LinkElement(int vector, int index, int target)
    {
        var element = vector + 4 + (4 * index);
        _bytes.PatchInt32(element, target - element);
    }

    /// <summary>
    /// Begins a vector of structs made of 64-bit words, which <see cref="Word"/> appends; where it lies.
    /// </summary>
    public int Structs(int count)
    {
        Pad(LargestAlignment, 4);
        var vector = _bytes.Length;
        _bytes.WriteInt32(count);
        return vector;
    }

    public void Word(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_bytes.GetSpan(8), value);
        _bytes.Advance(8);
    }

    public int Text(string text)
    {
        Pad(4, 0);
        var start = _bytes.Length;
        var utf8 = Encoding.UTF8.GetBytes(text);
        _bytes.WriteInt32(utf8.Length);
        _bytes.Write(utf8);
        _bytes.WriteByte(0);
        return start;
    }

    static int Aligned(int position, int size) => (position + size - 1) & -size;

    static void WriteValue(Span<byte> place, FlatField field)
    {
        if (field.Size == 1)
            place[0] = (byte)field.Value;
        else if (field.Size == 2)
            BinaryPrimitives.WriteInt16LittleEndian(place, (short)field.Value);
        else if (field.Size == 4)
            BinaryPrimitives.WriteInt32LittleEndian(place, (int)field.Value);
        else
            BinaryPrimitives.WriteInt64LittleEndian(place, field.Value);
    }

    /// <summary>Writes zeros until what comes after <paramref name="ahead"/> more bytes is aligned.</summary>
    void Pad(int alignment, int ahead)
    {
        while (((_bytes.Length + ahead) & (alignment - 1)) != 0)
            _bytes.WriteByte(0);
    }
}
