using System.Buffers.Binary;
using Ticklake.Columnar.Parquet.Encodings;
using Ticklake.Columnar.Parquet.Footer;

namespace Ticklake.Columnar.Parquet.Chunks;

/// <summary>Writes a chunk of decimals: a dictionary where they repeat, else PLAIN, both of them big-endian.</summary>
sealed class DecimalChunk(PageSink sink, ChunkScratch scratch, int pageRows)
{
    const int LargestDictionary = 1 << 16;
    const int Trial = 1 << 13;

    readonly ChunkValues<Int128> _values = new(scratch);
    readonly ByteBuffer _min = new();
    readonly ByteBuffer _max = new();

    public ColumnChunkRecord Write(ColumnSchema column, IReadOnlyList<ColumnPart> parts, int rows)
    {
        var values = _values.Gather(column.Kind, parts, rows);
        var indices = scratch.Indices(values.Length);
        var isDictionary = TryIndex(values, indices);
        var encoding = isDictionary ? PageEncoding.RleDictionary : PageEncoding.Plain;
        sink.BeginChunk(column.Kind, encoding, isTiny: false);
        if (isDictionary)
            WriteDictionary();

        var first = 0;
        for (var row = 0; row < rows; row += pageRows)
        {
            var count = Math.Min(pageRows, rows - row);
            var nulls = scratch.Nulls.CountNulls(row, count);
            scratch.Levels.Clear();
            if (column.IsNullable)
                scratch.Nulls.WriteLevels(row, count, scratch.Levels);
            var inPage = values.Slice(first, count - nulls);
            scratch.Body.Clear();
            if (isDictionary)
                WriteIndices(indices.Slice(first, inPage.Length));
            else
                WritePlain(inPage);
            var page = new DataPage(count, nulls, encoding);
            sink.WriteDataPage(page, scratch.Levels.Written, scratch.Body.Written, Bounds(inPage));
            first += inPage.Length;
        }

        return sink.EndChunk(column.Kind);
    }

    /// <summary>Fills the dictionary and gives each value its index; false where the values hardly repeat.</summary>
    bool TryIndex(ReadOnlySpan<Int128> values, Span<int> indices)
    {
        var dictionary = scratch.Texts;
        dictionary.Clear();
        var limit = Math.Clamp(values.Length / 2, 1, LargestDictionary);
        Span<byte> bytes = stackalloc byte[ColumnTypes.DecimalBytes];
        for (var i = 0; i < values.Length; i++)
        {
            if (i > 0 && values[i] == values[i - 1])
            {
                indices[i] = indices[i - 1];
                continue;
            }

            BinaryPrimitives.WriteInt128BigEndian(bytes, values[i]);
            indices[i] = dictionary.Add(bytes);
            if (dictionary.Count > limit || (i == Trial && dictionary.Count > Trial * 3 / 4))
                return false;
        }

        return dictionary.Count > 0;
    }

    void WriteDictionary()
    {
        scratch.Body.Clear();
        for (var i = 0; i < scratch.Texts.Count; i++)
            scratch.Body.Write(scratch.Texts[i]);
        sink.WriteDictionaryPage(scratch.Body.Written, scratch.Texts.Count);
    }

    void WriteIndices(ReadOnlySpan<int> indices)
    {
        var width = Math.Max(1, BitPacker.WidthOf((ulong)scratch.Texts.Count - 1));
        scratch.Body.WriteByte((byte)width);
        RunEncoder.Write(indices, width, scratch.Body);
    }

    void WritePlain(ReadOnlySpan<Int128> values)
    {
        var size = values.Length * ColumnTypes.DecimalBytes;
        var target = scratch.Body.GetSpan(size);
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteInt128BigEndian(target[(i * ColumnTypes.DecimalBytes)..], values[i]);
        scratch.Body.Advance(size);
    }

    PageBounds Bounds(ReadOnlySpan<Int128> values)
    {
        if (values.IsEmpty)
            return default;
        Int128 min = values[0], max = min;
        foreach (var value in values)
        {
            if (value < min)
                min = value;
            else if (value > max)
                max = value;
        }

        return new PageBounds(Encode(min, _min), Encode(max, _max));
    }

    static ReadOnlySpan<byte> Encode(Int128 value, ByteBuffer buffer)
    {
        buffer.Clear();
        BinaryPrimitives.WriteInt128BigEndian(buffer.GetSpan(ColumnTypes.DecimalBytes), value);
        buffer.Advance(ColumnTypes.DecimalBytes);
        return buffer.Written;
    }
}
