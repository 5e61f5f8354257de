namespace Ticklake.Columnar.Parquet.Chunks;

/// <summary>The texts of a column chunk without its nulls, end to end.</summary>
sealed class TextColumn
{
    readonly ByteBuffer _bytes = new();
    int[] _offsets = new int[256];
    int _count;

    public ReadOnlySpan<byte> this[int index] => _bytes.Written[_offsets[index].._offsets[index + 1]];

    public ReadOnlySpan<byte> Bytes(int first, int count) => _bytes.Written[_offsets[first].._offsets[first + count]];

    public int ByteCount(int first, int count) => _offsets[first + count] - _offsets[first];

    public void Gather(IReadOnlyList<ColumnPart> parts)
    {
        _bytes.Clear();
        _count = 0;
        foreach (var part in parts)
            Append(part);
    }

    void Append(ColumnPart part)
    {
        if (_offsets.Length < _count + part.Count + 1)
            Array.Resize(ref _offsets, Math.Max(_offsets.Length * 2, _count + part.Count + 1));
        switch (part)
        {
            case Utf8Part texts:
                Append(texts);
                break;
            case CodedUtf8Part coded:
                foreach (var code in coded.Codes)
                    Append(coded.Dictionary[code]);
                break;
            case ConstantPart { Text: { } text }:
                for (var i = 0; i < part.Count; i++)
                    Append(text);
                break;
        }
    }

    void Append(Utf8Part texts)
    {
        var isNull = texts.IsNull;
        var offsets = texts.Offsets;
        if (isNull.IsEmpty && texts.Count > 0)
        {
            var shift = _bytes.Length - offsets[0];
            _bytes.Write(texts.Bytes[offsets[0]..offsets[^1]]);
            for (var i = 1; i < offsets.Length; i++)
                _offsets[++_count] = offsets[i] + shift;
            return;
        }

        for (var i = 0; i < texts.Count; i++)
        {
            if (!isNull[i])
                Append(texts.Bytes[offsets[i]..offsets[i + 1]]);
        }
    }

    void Append(ReadOnlySpan<byte> text)
    {
        _bytes.Write(text);
        _offsets[++_count] = _bytes.Length;
    }
}
