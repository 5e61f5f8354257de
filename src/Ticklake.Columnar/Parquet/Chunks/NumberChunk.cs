using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ticklake.Columnar.Parquet.Encodings;
using Ticklake.Columnar.Parquet.Footer;

namespace Ticklake.Columnar.Parquet.Chunks;

/// <summary>Writes a chunk of integers, timestamps or doubles, in the encoding that suits its values.</summary>
sealed class NumberChunk<T>(PageSink sink, ChunkScratch scratch, int pageRows)
    where T : unmanaged, INumber<T>, IMinMaxValue<T>
{
    readonly ChunkValues<T> _values = new(scratch);
    readonly ByteBuffer _min = new();
    readonly ByteBuffer _max = new();

    public ColumnChunkRecord Write(ColumnSchema column, IReadOnlyList<ColumnPart> parts, int rows)
    {
        var values = _values.Gather(column.Kind, parts, rows);
        var indices = scratch.Indices(values.Length);
        var encoding = EncodingChoice.Of(values, scratch.Numbers, indices);
        sink.BeginChunk(column.Kind, encoding, isTiny: false);
        if (encoding == PageEncoding.RleDictionary)
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
            var body = encoding switch
            {
                PageEncoding.Plain => MemoryMarshal.AsBytes(inPage),
                PageEncoding.RleDictionary => EncodeIndices(indices.Slice(first, inPage.Length)),
                _ => EncodeDeltas(inPage),
            };
            var page = new DataPage(count, nulls, encoding);
            var bounds = NumberBounds<T>.Of(inPage, _min, _max);
            sink.WriteDataPage(page, scratch.Levels.Written, body, bounds);
            first += inPage.Length;
        }

        return sink.EndChunk(column.Kind);
    }

    void WriteDictionary()
    {
        var body = scratch.Body;
        body.Clear();
        var values = scratch.Numbers.Values;
        if (Unsafe.SizeOf<T>() == 8)
        {
            body.Write(MemoryMarshal.AsBytes(values));
        }
        else
        {
            foreach (var value in values)
                body.WriteInt32((int)value);
        }

        sink.WriteDictionaryPage(body.Written, values.Length);
    }

    ReadOnlySpan<byte> EncodeIndices(ReadOnlySpan<int> indices)
    {
        var width = Math.Max(1, BitPacker.WidthOf((ulong)scratch.Numbers.Count - 1));
        scratch.Body.Clear();
        scratch.Body.WriteByte((byte)width);
        RunEncoder.Write(indices, width, scratch.Body);
        return scratch.Body.Written;
    }

    ReadOnlySpan<byte> EncodeDeltas(ReadOnlySpan<T> values)
    {
        scratch.Body.Clear();
        if (typeof(T) == typeof(int))
            DeltaEncoder.Write(MemoryMarshal.Cast<T, int>(values), scratch.Body);
        else
            DeltaEncoder.Write(MemoryMarshal.Cast<T, long>(values), scratch.Body);
        return scratch.Body.Written;
    }
}
