
namespace Ticklake.Columnar;

/// <summary>Turns a chunk's texts into dictionary indices, or gives up where they hardly repeat.</summary>
static class TextDictionaryBuilder
{
    const int LargestDictionary = 1 << 16;
    const int LargestDictionaryBytes = 1 << 20;
    const int Trial = 4096;

    public static bool TryBuild(
        IReadOnlyList<ColumnPart> parts, int values, TextDictionary dictionary, Span<int> indices)
    {
        dictionary.Clear();
        var limit = Math.Clamp(values / 2, 1, LargestDictionary);
        var count = 0;
        foreach (var part in parts)
        {
            var destination = indices[count..];
            switch (part)
            {
                case ConstantPart { Text: { } text }:
                    destination[..part.Count].Fill(dictionary.Add(text));
                    count += part.Count;
                    break;
                case CodedUtf8Part coded:
                    MapCodes(coded, dictionary, destination);
                    count += part.Count;
                    break;
                case Utf8Part texts:
                    var added = AddTexts(texts, dictionary, destination, limit);
                    if (added < 0)
                        return false;
                    count += added;
                    break;
            }
        }

        return dictionary.Count > 0;
    }

    static void MapCodes(CodedUtf8Part part, TextDictionary dictionary, Span<int> indices)
    {
        var codes = part.Codes;
        Span<int> map = stackalloc int[256];
        for (var code = 0; code < part.Dictionary.Length; code++)
        {
            // Entries that no row uses stay out, so that the dictionary is what the rows hold.
            if (codes.Contains((byte)code))
                map[code] = dictionary.Add(part.Dictionary[code]);
        }

        for (var i = 0; i < codes.Length; i++)
            indices[i] = map[codes[i]];
    }

    /// <summary>The number of indices written; -1 where the texts are too many to pay.</summary>
    static int AddTexts(Utf8Part part, TextDictionary dictionary, Span<int> indices, int limit)
    {
        var bytes = part.Bytes;
        var offsets = part.Offsets;
        var isNull = part.IsNull;
        var count = 0;
        var before = dictionary.Count;
        ReadOnlySpan<byte> last = default;
        for (var i = 0; i < part.Count; i++)
        {
            if (!isNull.IsEmpty && isNull[i])
                continue;
            var text = bytes[offsets[i]..offsets[i + 1]];
            if (count > 0 && text.SequenceEqual(last))
            {
                indices[count] = indices[count - 1];
                count++;
                continue;
            }

            last = text;
            indices[count++] = dictionary.Add(text);
            if (dictionary.Count > limit || dictionary.ByteCount > LargestDictionaryBytes)
                return -1;
            // After a trial that found hardly a repetition the rest is not worth hashing.
            if (count == Trial && dictionary.Count - before > Trial * 7 / 8)
                return -1;
        }

        return count;
    }
}
