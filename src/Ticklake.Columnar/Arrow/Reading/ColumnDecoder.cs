using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ticklake.Columnar.Arrow.Batches;
using Ticklake.Columnar.Arrow.Messages;

namespace Ticklake.Columnar.Arrow.Reading;

/// <summary>Turns the buffers of a column into its values.</summary>
sealed class ColumnDecoder(BufferReader buffers)
{
    /// <param name="batch">The batch to read from.</param>
    /// <param name="field">What is read.</param>
    /// <param name="node">The column's place among the nodes.</param>
    /// <param name="first">The column's first buffer.</param>
    /// <param name="dictionary">Given where the field has one.</param>
    public ColumnValues Read(BatchHeader batch, ArrowField field, int node, int first, TextColumn? dictionary)
    {
        var isNull = ReadNulls(batch, node, first);
        if (isNull is not null && !field.Column.IsNullable)
            throw new InvalidDataException("it has nulls, though its schema says there are none");
        return field.Column.Kind switch
        {
            ColumnKind.Boolean => ReadBooleans(batch, field, first, isNull),
            ColumnKind.Int32 => ReadNumbers<int>(batch, field, first, isNull),
            ColumnKind.Double => ReadNumbers<double>(batch, field, first, isNull),
            ColumnKind.Decimal => ReadNumbers<Int128>(batch, field, first, isNull),
            ColumnKind.Utf8 when dictionary is not null => ReadCoded(batch, field, first, isNull, dictionary),
            ColumnKind.Utf8 => Values(field, ReadTexts(batch, first, field.IsLarge, isNull)),
            _ => ReadNumbers<long>(batch, field, first, isNull),
        };
    }

    /// <summary>The texts of a dictionary batch.</summary>
    public TextColumn ReadTexts(BatchHeader batch, bool isLarge) =>
        ReadTexts(batch, 0, isLarge, ReadNulls(batch, 0, 0));

    static Utf8Values Values(ArrowField field, TextColumn texts) =>
        new(field.Column, texts.Bytes, texts.Places, texts.IsNull);

    static void BlankNulls<T>(Span<T> values, bool[]? isNull)
        where T : unmanaged
    {
        for (var i = 0; i < isNull?.Length; i++)
        {
            if (isNull[i])
                values[i] = default;
        }
    }

    static long IndexAt(ReadOnlySpan<byte> bytes, int row, IndexEncoding encoding) =>
        (encoding.Width, encoding.IsSigned) switch
        {
            (1, true) => (sbyte)bytes[row],
            (1, _) => bytes[row],
            (2, true) => BinaryPrimitives.ReadInt16LittleEndian(bytes[(row * 2)..]),
            (2, _) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[(row * 2)..]),
            (4, true) => BinaryPrimitives.ReadInt32LittleEndian(bytes[(row * 4)..]),
            (4, _) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[(row * 4)..]),
            // Unsigned ones beyond the signed range come out negative, and are refused as such.
            _ => BinaryPrimitives.ReadInt64LittleEndian(bytes[(row * 8)..]),
        };

    bool[]? ReadNulls(BatchHeader batch, int node, int buffer)
    {
        var (rows, nulls) = batch.Nodes[node];
        if (rows != batch.RowCount || nulls < 0 || nulls > rows)
            throw new InvalidDataException($"it claims {rows} rows with {nulls} nulls in a batch of {batch.RowCount}");
        var hasBitmap = batch.Buffers[buffer].Length > 0;
        if (nulls == 0 && !hasBitmap)
            return null;
        var bits = buffers.Read(batch, buffer, Bitmap.ByteCount(batch.RowCount));
        if (Bitmap.CountZeros(bits, batch.RowCount) != nulls)
            throw new InvalidDataException($"it claims {nulls} nulls and marks others");
        if (nulls == 0)
            return null;
        var isNull = new bool[batch.RowCount];
        Bitmap.Unpack(bits, inverted: true, isNull);
        return isNull;
    }

    FixedValues<bool> ReadBooleans(BatchHeader batch, ArrowField field, int first, bool[]? isNull)
    {
        var bits = buffers.Read(batch, first + 1, Bitmap.ByteCount(batch.RowCount));
        var values = new bool[batch.RowCount];
        Bitmap.Unpack(bits, inverted: false, values);
        BlankNulls<bool>(values, isNull);
        return new FixedValues<bool>(field.Column, values, isNull);
    }

    FixedValues<T> ReadNumbers<T>(BatchHeader batch, ArrowField field, int first, bool[]? isNull)
        where T : unmanaged
    {
        var size = (long)batch.RowCount * Unsafe.SizeOf<T>();
        var bytes = buffers.Read(batch, first + 1, size);
        var values = GC.AllocateUninitializedArray<T>(batch.RowCount);
        bytes[..(int)size].CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
        BlankNulls<T>(values, isNull);
        return new FixedValues<T>(field.Column, values, isNull);
    }

    Utf8Values ReadCoded(BatchHeader batch, ArrowField field, int first, bool[]? isNull, TextColumn dictionary)
    {
        var encoding = field.Indices!;
        var indices = buffers.Read(batch, first + 1, (long)batch.RowCount * encoding.Width);
        var entries = dictionary.Places;
        var places = new TextPlace[batch.RowCount];
        for (var i = 0; i < places.Length; i++)
        {
            if (isNull is not null && isNull[i])
                continue;
            var index = IndexAt(indices, i, encoding);
            if ((ulong)index >= (ulong)entries.Length)
                throw new InvalidDataException($"it has index {index} into a dictionary of {entries.Length}");
            places[i] = entries[index];
            // An entry may itself be null (columnar format, "Dictionary-encoded layout").
            if (dictionary.IsNull is not null && dictionary.IsNull[index])
                (isNull ??= new bool[places.Length])[i] = true;
        }

        return new Utf8Values(field.Column, dictionary.Bytes, places, isNull);
    }

    TextColumn ReadTexts(BatchHeader batch, int first, bool isLarge, bool[]? isNull)
    {
        var rows = batch.RowCount;
        // Writers may leave out the single offset of no rows at all.
        if (rows == 0)
            return new TextColumn([], [], isNull);
        var width = isLarge ? sizeof(long) : sizeof(int);
        var offsets = buffers.Read(batch, first + 1, (rows + 1L) * width);
        var places = new TextPlace[rows];
        var start = OffsetAt(offsets, 0, isLarge);
        if (start < 0)
            throw new InvalidDataException("its texts begin before their buffer");
        for (var i = 0; i < rows; i++)
        {
            var end = OffsetAt(offsets, i + 1, isLarge);
            if (end < start || end > int.MaxValue)
                throw new InvalidDataException($"text {i} reaches from {start} to {end}");
            places[i] = isNull is not null && isNull[i] ? default : new TextPlace((int)start, (int)(end - start));
            start = end;
        }

        return new TextColumn(buffers.Read(batch, first + 2, start)[..(int)start].ToArray(), places, isNull);
    }

    static long OffsetAt(ReadOnlySpan<byte> offsets, int index, bool isLarge) => isLarge
        ? BinaryPrimitives.ReadInt64LittleEndian(offsets[(index * 8)..])
        : BinaryPrimitives.ReadInt32LittleEndian(offsets[(index * 4)..]);
}
