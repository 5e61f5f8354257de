using System.Buffers.Binary;
using Ticklake.Columnar.Parquet.Encodings;
using Ticklake.Columnar.Parquet.Footer;

namespace Ticklake.Columnar.Parquet.Chunks;

/// <summary>
/// Writes a chunk that consists of constants only as a dictionary and one page of runs: its cost depends on the number
/// of
/// parts, not of rows.
/// </summary>
sealed class RunChunk(PageSink sink, ChunkScratch scratch)
{
    readonly ByteBuffer _value = new();
    readonly ByteBuffer _dictionary = new();
    readonly ByteBuffer _min = new();
    readonly ByteBuffer _max = new();
    readonly List<Run> _runs = [];

    public static bool Fits(IReadOnlyList<ColumnPart> parts)
    {
        foreach (var part in parts)
        {
            if (part is not ConstantPart && part.Count > 0)
                return false;
        }

        return true;
    }

    public ColumnChunkRecord Write(ColumnSchema column, IReadOnlyList<ColumnPart> parts, int rows)
    {
        var nulls = Gather(column.Kind, parts);
        var entries = scratch.Texts.Count;
        var isBoolean = column.Kind == ColumnKind.Boolean;
        var encoding = isBoolean ? PageEncoding.Rle : entries == 0 ? PageEncoding.Plain : PageEncoding.RleDictionary;
        sink.BeginChunk(column.Kind, encoding, isTiny: true);
        if (encoding == PageEncoding.RleDictionary)
            WriteDictionary(column.Kind);
        WriteBody(isBoolean, Math.Max(1, BitPacker.WidthOf((ulong)Math.Max(0, entries - 1))));
        scratch.Levels.Clear();
        if (column.IsNullable)
            WriteLevels();
        var page = new DataPage(rows, nulls, encoding);
        sink.WriteDataPage(page, scratch.Levels.Written, scratch.Body.Written, Bounds(column.Kind));
        return sink.EndChunk(column.Kind);
    }

    /// <summary>The PLAIN form of a constant, for texts without the length before it.</summary>
    public static void WriteValue(ColumnKind kind, ConstantPart part, ByteBuffer output)
    {
        var number = part.Number.GetValueOrDefault();
        switch (kind)
        {
            case ColumnKind.Utf8:
                output.Write(part.Text);
                break;
            case ColumnKind.Boolean:
                output.WriteByte((byte)number);
                break;
            case ColumnKind.Int32:
                output.WriteInt32(checked((int)number));
                break;
            case ColumnKind.Double:
                BinaryPrimitives.WriteDoubleLittleEndian(output.GetSpan(8), number);
                output.Advance(8);
                break;
            default:
                BinaryPrimitives.WriteInt64LittleEndian(output.GetSpan(8), number);
                output.Advance(8);
                break;
        }
    }

    int Gather(ColumnKind kind, IReadOnlyList<ColumnPart> parts)
    {
        _runs.Clear();
        scratch.Texts.Clear();
        var nulls = 0;
        foreach (var part in parts)
        {
            if (part.Count == 0)
                continue;
            var constant = (ConstantPart)part;
            var index = Run.Null;
            if (constant.IsNull)
            {
                nulls += part.Count;
            }
            else
            {
                _value.Clear();
                WriteValue(kind, constant, _value);
                index = scratch.Texts.Add(_value.Written);
            }

            if (_runs.Count > 0 && _runs[^1].Index == index)
                _runs[^1] = new Run(index, _runs[^1].Count + part.Count);
            else
                _runs.Add(new Run(index, part.Count));
        }

        return nulls;
    }

    void WriteDictionary(ColumnKind kind)
    {
        _dictionary.Clear();
        for (var i = 0; i < scratch.Texts.Count; i++)
        {
            if (kind == ColumnKind.Utf8)
                _dictionary.WriteInt32(scratch.Texts[i].Length);
            _dictionary.Write(scratch.Texts[i]);
        }

        sink.WriteDictionaryPage(_dictionary.Written, scratch.Texts.Count);
    }

    void WriteBody(bool isBoolean, int width)
    {
        var body = scratch.Body;
        body.Clear();
        if (isBoolean)
            body.WriteInt32(0);
        else if (scratch.Texts.Count > 0)
            body.WriteByte((byte)width);
        var start = body.Length;
        foreach (var run in _runs)
        {
            if (run.Index == Run.Null)
                continue;
            RunEncoder.WriteRun(isBoolean ? scratch.Texts[run.Index][0] : run.Index, run.Count, width, body);
        }

        if (isBoolean)
            body.PatchInt32(0, body.Length - start);
    }

    void WriteLevels()
    {
        foreach (var run in _runs)
            RunEncoder.WriteRun(run.Index == Run.Null ? 0 : 1, run.Count, 1, scratch.Levels);
    }

    PageBounds Bounds(ColumnKind kind)
    {
        var texts = scratch.Texts;
        if (texts.Count == 0)
            return default;
        int min = 0, max = 0;
        for (var i = 1; i < texts.Count; i++)
        {
            if (ValueOrder.Compare(kind, texts[i], texts[min]) < 0)
                min = i;
            if (ValueOrder.Compare(kind, texts[i], texts[max]) > 0)
                max = i;
        }

        if (kind == ColumnKind.Utf8)
            return TextBounds.Of(texts[min], texts[max], _max);
        if (kind != ColumnKind.Double)
            return new PageBounds(texts[min], texts[max]);
        var smallest = BinaryPrimitives.ReadDoubleLittleEndian(texts[min]);
        var largest = BinaryPrimitives.ReadDoubleLittleEndian(texts[max]);
        return NumberBounds<double>.Of(smallest, largest, _min, _max);
    }

    readonly record struct Run(int Index, int Count)
    {
        public const int Null = -1;
    }
}
