using System.Numerics;
using Ticklake.Columnar.Parquet.Footer;

namespace Ticklake.Columnar.Parquet.Chunks;

/// <summary>Writes a chunk of integers, timestamps or doubles, in the encoding that suits its values.</summary>
sealed class NumberChunk<T>(PageSink sink, ChunkScratch scratch, EncodingTrial trial, int pageRows)
    where T : unmanaged, INumber<T>, IMinMaxValue<T>
{
    readonly ChunkValues<T> _values = new(scratch);
    readonly ByteBuffer _min = new();
    readonly ByteBuffer _max = new();

    public ColumnChunkRecord Write(ColumnSchema column, IReadOnlyList<ColumnPart> parts, int rows)
    {
        var values = _values.Gather(column.Kind, parts, rows);
        var indices = scratch.Indices(values.Length);
        var encoding = Choose(values, indices);
        sink.BeginChunk(column.Kind, encoding, isTiny: false);
        if (encoding == PageEncoding.RleDictionary)
            sink.WriteDictionaryPage(NumberPages.EncodeEntries<T>(trial.Entries, scratch.Body), trial.Entries.Length);

        var first = 0;
        for (var row = 0; row < rows; row += pageRows)
        {
            var count = Math.Min(pageRows, rows - row);
            var nulls = scratch.Nulls.CountNulls(row, count);
            scratch.Levels.Clear();
            if (column.IsNullable)
                scratch.Nulls.WriteLevels(row, count, scratch.Levels);
            var inPage = values.Slice(first, count - nulls);
            var body = encoding == PageEncoding.RleDictionary
                ? NumberPages.EncodeIndices(indices.Slice(first, inPage.Length), trial.Width, scratch.Body)
                : NumberPages.Encode(encoding, inPage, trial.HasAlignedDeltas, scratch.Body);
            var page = new DataPage(count, nulls, encoding);
            var bounds = NumberBounds<T>.Of(inPage, _min, _max);
            sink.WriteDataPage(page, scratch.Levels.Written, body, bounds);
            first += inPage.Length;
        }

        return sink.EndChunk(column.Kind);
    }

    PageEncoding Choose(ReadOnlySpan<T> values, Span<int> indices)
    {
        if (values.IsEmpty)
            return PageEncoding.Plain;
        var hasDictionary = DictionaryAttempt.TryBuild(values, scratch.Numbers, indices);
        return trial.Choose(values, hasDictionary, indices);
    }
}
