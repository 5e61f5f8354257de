using System.Buffers.Binary;
using Ticklake.Columnar.Parquet.Encodings;
using Ticklake.Columnar.Parquet.Footer;

namespace Ticklake.Columnar.Parquet.Chunks;

/// <summary>Writes a chunk of texts: a dictionary where they repeat, else PLAIN.</summary>
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
        var encoding = isDictionary ? PageEncoding.RleDictionary : PageEncoding.Plain;
        sink.BeginChunk(column.Kind, encoding, isTiny: false);
        if (isDictionary)
            WriteDictionary();
        else
            _texts.Gather(parts);

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
            var bounds = isDictionary ? WriteIndices(indices.Slice(first, length)) : WriteTexts(first, length);
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

    PageBounds WriteTexts(int first, int count)
    {
        if (count == 0)
            return default;
        ReadOnlySpan<byte> min = _texts[first], max = min;
        var body = scratch.Body.GetSpan((count * 4) + _texts.ByteCount(first, count));
        var at = 0;
        for (var i = first; i < first + count; i++)
        {
            var text = _texts[i];
            BinaryPrimitives.WriteInt32LittleEndian(body[at..], text.Length);
            text.CopyTo(body[(at + 4)..]);
            at += 4 + text.Length;
            if (text.SequenceCompareTo(max) > 0)
                max = text;
            else if (text.SequenceCompareTo(min) < 0)
                min = text;
        }

        scratch.Body.Advance(at);
        return TextBounds.Of(min, max, _max);
    }
}
