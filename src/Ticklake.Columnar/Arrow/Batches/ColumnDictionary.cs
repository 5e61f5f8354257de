using System.Runtime.InteropServices;

namespace Ticklake.Columnar.Arrow.Batches;

/// <summary>
/// The texts of one column of one file, gathered over all its batches. What has been written is forgotten: a text that
/// comes back then gets a second entry, which the format allows, and memory stays bounded.
/// </summary>
sealed class ColumnDictionary
{
    // Most files never get there and have each dictionary once, whole, which every reader understands.
    const int LargestPendingBytes = 1 << 24;
    const int LargestPendingCount = 1 << 20;

    readonly TextDictionary _texts = new();
    int _written;

    /// <summary>Entries not yet written.</summary>
    public int PendingCount => _texts.Count;

    /// <summary>Whether part of the dictionary has been written.</summary>
    public bool IsBegun { get; private set; }

    public bool IsLarge => _texts.ByteCount > LargestPendingBytes || _texts.Count > LargestPendingCount;

    /// <summary>Writes one 32-bit index a row; that of a null row is 0.</summary>
    public void Encode(IReadOnlyList<ColumnPart> parts, ByteBuffer indices)
    {
        foreach (var part in parts)
        {
            var bytes = part.Count * sizeof(int);
            var target = MemoryMarshal.Cast<byte, int>(indices.GetSpan(bytes)[..bytes]);
            switch (part)
            {
                case ConstantPart constant when part.Count > 0:
                    target.Fill(constant.Text is null ? 0 : IndexOf(constant.Text));
                    break;
                case CodedUtf8Part coded:
                    Encode(coded, target);
                    break;
                case Utf8Part texts:
                    Encode(texts, target);
                    break;
            }

            indices.Advance(bytes);
        }
    }

    public void GatherEntries(ByteBuffer offsets, ByteBuffer texts)
    {
        offsets.WriteInt32(0);
        for (var i = 0; i < _texts.Count; i++)
        {
            texts.Write(_texts[i]);
            offsets.WriteInt32(texts.Length);
        }
    }

    /// <summary>Forgets the entries, which are in the file now.</summary>
    public void MarkWritten()
    {
        _written = checked(_written + _texts.Count);
        _texts.Clear();
        IsBegun = true;
    }

    int IndexOf(ReadOnlySpan<byte> text) => checked(_written + _texts.Add(text));

    void Encode(CodedUtf8Part part, Span<int> target)
    {
        var codes = part.Codes;
        Span<int> map = stackalloc int[256];
        for (var code = 0; code < part.Dictionary.Length && code < map.Length; code++)
        {
            // Entries that no row uses stay out, so that the dictionary is what the rows hold.
            if (codes.Contains((byte)code))
                map[code] = IndexOf(part.Dictionary[code]);
        }

        for (var i = 0; i < codes.Length; i++)
            target[i] = map[codes[i]];
    }

    void Encode(Utf8Part part, Span<int> target)
    {
        var bytes = part.Bytes;
        var offsets = part.Offsets;
        var isNull = part.IsNull;
        ReadOnlySpan<byte> last = default;
        var lastIndex = -1;
        for (var i = 0; i < part.Count; i++)
        {
            if (!isNull.IsEmpty && isNull[i])
            {
                target[i] = 0;
                continue;
            }

            var text = bytes[offsets[i]..offsets[i + 1]];
            if (lastIndex < 0 || !text.SequenceEqual(last))
            {
                lastIndex = IndexOf(text);
                last = text;
            }

            target[i] = lastIndex;
        }
    }
}
