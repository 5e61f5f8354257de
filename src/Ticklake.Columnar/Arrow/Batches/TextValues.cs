namespace Ticklake.Columnar.Arrow.Batches;

/// <summary>Lays texts end to end with their offsets; a null is an empty text.</summary>
static class TextValues
{
    /// <summary>Writes one offset more than there are texts (columnar format, "Variable-size binary layout").</summary>
    public static void Gather(IReadOnlyList<ColumnPart> parts, ByteBuffer offsets, ByteBuffer texts)
    {
        offsets.WriteInt32(0);
        foreach (var part in parts)
        {
            switch (part)
            {
                case Utf8Part given:
                    Append(given, offsets, texts);
                    break;
                case CodedUtf8Part coded:
                    foreach (var code in coded.Codes)
                        Append(coded.Dictionary[code], offsets, texts);
                    break;
                case ConstantPart constant:
                    for (var i = 0; i < part.Count; i++)
                        Append(constant.Text, offsets, texts);
                    break;
            }
        }
    }

    /// <summary>At most so many bytes of text the part needs, written out row by row or once each.</summary>
    public static long Measure(ColumnPart part, bool isCoded) => part switch
    {
        Utf8Part p when p.Count > 0 => p.Offsets[^1] - p.Offsets[0],
        CodedUtf8Part p when isCoded => p.Dictionary.ToArray().Sum(entry => (long)entry.Length),
        CodedUtf8Part p when p.Count > 0 => (long)p.Count * p.Dictionary.ToArray().Max(entry => entry.Length),
        ConstantPart { Text: { } text } => isCoded ? text.Length : (long)part.Count * text.Length,
        _ => 0,
    };

    static void Append(Utf8Part part, ByteBuffer offsets, ByteBuffer texts)
    {
        if (part.Count == 0)
            return;
        var isNull = part.IsNull;
        var places = part.Offsets;
        if (isNull.Contains(true))
        {
            for (var i = 0; i < part.Count; i++)
                Append(isNull[i] ? [] : part.Bytes[places[i]..places[i + 1]], offsets, texts);
            return;
        }

        var shift = texts.Length - places[0];
        texts.Write(part.Bytes[places[0]..places[^1]]);
        foreach (var place in places[1..])
            offsets.WriteInt32(place + shift);
    }

    static void Append(ReadOnlySpan<byte> text, ByteBuffer offsets, ByteBuffer texts)
    {
        texts.Write(text);
        offsets.WriteInt32(texts.Length);
    }
}
