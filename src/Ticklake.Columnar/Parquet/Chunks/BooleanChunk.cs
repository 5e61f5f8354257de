using Ticklake.Columnar.Parquet.Encodings;
using Ticklake.Columnar.Parquet.Footer;

namespace Ticklake.Columnar.Parquet.Chunks;

/// <summary>Writes a chunk of booleans as RLE.</summary>
sealed class BooleanChunk(PageSink sink, ChunkScratch scratch, int pageRows)
{
    static readonly byte[] False = [0];
    static readonly byte[] True = [1];

    bool[] _gathered = [];

    public ColumnChunkRecord Write(ColumnSchema column, IReadOnlyList<ColumnPart> parts, int rows)
    {
        var values = Gather(parts, rows);
        sink.BeginChunk(column.Kind, PageEncoding.Rle, isTiny: false);
        var first = 0;
        for (var row = 0; row < rows; row += pageRows)
        {
            var count = Math.Min(pageRows, rows - row);
            var nulls = scratch.Nulls.CountNulls(row, count);
            scratch.Levels.Clear();
            if (column.IsNullable)
                scratch.Nulls.WriteLevels(row, count, scratch.Levels);
            var inPage = values.Slice(first, count - nulls);
            WriteBody(inPage);
            var page = new DataPage(count, nulls, PageEncoding.Rle);
            sink.WriteDataPage(page, scratch.Levels.Written, scratch.Body.Written, Bounds(inPage));
            first += inPage.Length;
        }

        return sink.EndChunk(column.Kind);
    }

    static PageBounds Bounds(ReadOnlySpan<bool> values) => values.IsEmpty
        ? default
        : new PageBounds(values.Contains(false) ? False : True, values.Contains(true) ? True : False);

    void WriteBody(ReadOnlySpan<bool> values)
    {
        var body = scratch.Body;
        body.Clear();
        body.WriteInt32(0);
        RunEncoder.Write(values, inverted: false, body);
        body.PatchInt32(0, body.Length - 4);
    }

    ReadOnlySpan<bool> Gather(IReadOnlyList<ColumnPart> parts, int rows)
    {
        scratch.Nulls.Clear();
        if (_gathered.Length < rows)
            _gathered = new bool[rows];
        var count = 0;
        foreach (var part in parts)
        {
            if (part is ConstantPart constant)
            {
                scratch.Nulls.AppendRun(constant.IsNull, part.Count);
                if (constant.IsNull)
                    continue;
                _gathered.AsSpan(count, part.Count).Fill(constant.Number != 0);
                count += part.Count;
                continue;
            }

            var booleans = (BooleanPart)part;
            if (booleans.IsNull.IsEmpty)
                scratch.Nulls.AppendRun(false, part.Count);
            else
                scratch.Nulls.Append(booleans.IsNull);
            count += NullFlags.Compact(booleans.Values, booleans.IsNull, _gathered.AsSpan(count));
        }

        return _gathered.AsSpan(0, count);
    }
}
