using Ticklake.Columnar.Parquet.Encodings;
using Ticklake.Columnar.Parquet.Footer;

namespace Ticklake.Columnar.Parquet.Chunks;

/// <summary>Writes a chunk of texts: a dictionary where they repeat, else one after the other.</summary>
sealed class TextChunk(PageSink sink, ChunkScratch scratch, int pageRows)
{
    readonly ByteBuffer _max = new();
    readonly TextColumn _texts = new();

    public ColumnChunkRecord Write(ColumnSchema column, IReadOnlyList<ColumnPart> parts, int rows)
    {
        scratch.Nulls.Clear();
        foreach (var part in parts)
            AppendNulls(part);
        var values = rows - scratch.Nulls.CountNulls(0, rows);
        var indices = scratch.Indices(values);
        var isDictionary = TextDictionaryBuilder.TryBuild(parts, values, scratch.Texts, indices);
        if (!isDictionary)
            _texts.Gather(parts);
        var encoding = isDictionary ? PageEncoding.RleDictionary : Choose(values);
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
            var page = new DataPage(count, nulls, encoding);
            var length = count - nulls;
            scratch.Body.Clear();
            var bounds = isDictionary
                ? WriteIndices(indices.Slice(first, length))
                : WriteTexts(encoding, first, length);
            sink.WriteDataPage(page, scratch.Levels.Written, scratch.Body.Written, bounds);
            first += length;
        }

        return sink.EndChunk(column.Kind);
    }

    void AppendNulls(ColumnPart part)
    {
        if (part is Utf8Part { IsNull.IsEmpty: false } texts)
            scratch.Nulls.Append(texts.IsNull);
        else
            scratch.Nulls.AppendRun(part is ConstantPart { IsNull: true }, part.Count);
    }

    void WriteDictionary()
    {
        var body = scratch.Body;
        body.Clear();
        for (var i = 0; i < scratch.Texts.Count; i++)
        {
            body.WriteInt32(scratch.Texts[i].Length);
            body.Write(scratch.Texts[i]);
        }

        sink.WriteDictionaryPage(body.Written, scratch.Texts.Count);
    }

    PageBounds WriteIndices(ReadOnlySpan<int> indices)
    {
        var texts = scratch.Texts;
        var width = Math.Max(1, BitPacker.WidthOf((ulong)Math.Max(0, texts.Count - 1)));
        scratch.Body.WriteByte((byte)width);
        RunEncoder.Write(indices, width, scratch.Body);
        if (indices.IsEmpty)
            return default;
        int min = indices[0], max = min;
        if (texts.Count <= 16)
        {
            for (var i = 0; i < texts.Count; i++)
            {
                if (indices.Contains(i))
                    Widen(i, ref min, ref max);
            }
        }
        else
        {
            var last = min;
            foreach (var index in indices)
            {
                if (index != last)
                    Widen(index, ref min, ref max);
                last = index;
            }
        }

        return TextBounds.Of(texts[min], texts[max], _max);
    }

    void Widen(int index, ref int min, ref int max)
    {
        var text = scratch.Texts[index];
        if (text.SequenceCompareTo(scratch.Texts[min]) < 0)
            min = index;
        else if (text.SequenceCompareTo(scratch.Texts[max]) > 0)
            max = index;
    }

    PageBounds WriteTexts(PageEncoding encoding, int first, int count)
    {
        if (count == 0)
            return default;
        TextPages.Encode(encoding, _texts, first, count, scratch);
        ReadOnlySpan<byte> min = _texts[first], max = min;
        for (var i = first + 1; i < first + count; i++)
        {
            var text = _texts[i];
            if (text.SequenceCompareTo(max) > 0)
                max = text;
            else if (text.SequenceCompareTo(min) < 0)
                min = text;
        }

        return TextBounds.Of(min, max, _max);
    }

    /// <summary>Lengths apart from the texts, or each before its own: by what the codec makes of a sample.</summary>
    PageEncoding Choose(int values)
    {
        const int Sample = 1024;
        var count = Math.Min(values, Sample);
        var first = (values - count) / 2;
        var plain = sink.Measure(TextPages.Encode(PageEncoding.Plain, _texts, first, count, scratch));
        var apart = sink.Measure(TextPages.Encode(PageEncoding.DeltaLengthByteArray, _texts, first, count, scratch));
        return apart < plain ? PageEncoding.DeltaLengthByteArray : PageEncoding.Plain;
    }
}
