using System.Buffers.Binary;
using Ticklake.Columnar.Parquet.Encodings;
using Ticklake.Columnar.Parquet.Footer;

namespace Ticklake.Columnar.Parquet.Chunks;

/// <summary>Encodes pages of texts that have no dictionary.</summary>
static class TextPages
{
    /// <summary>The body of a page, which is in the scratch; its indices are overwritten.</summary>
    public static ReadOnlySpan<byte> Encode(
        PageEncoding encoding, TextColumn texts, int first, int count, ChunkScratch scratch)
    {
        scratch.Body.Clear();
        if (encoding == PageEncoding.Plain)
            EncodePlain(texts, first, count, scratch.Body);
        else
            EncodeApart(texts, first, scratch.Indices(count), scratch.Body);
        return scratch.Body.Written;
    }

    static void EncodePlain(TextColumn texts, int first, int count, ByteBuffer body)
    {
        var target = body.GetSpan((count * 4) + texts.ByteCount(first, count));
        var at = 0;
        for (var i = first; i < first + count; i++)
        {
            var text = texts[i];
            BinaryPrimitives.WriteInt32LittleEndian(target[at..], text.Length);
            text.CopyTo(target[(at + 4)..]);
            at += 4 + text.Length;
        }

        body.Advance(at);
    }

    static void EncodeApart(TextColumn texts, int first, Span<int> lengths, ByteBuffer body)
    {
        for (var i = 0; i < lengths.Length; i++)
            lengths[i] = texts[first + i].Length;
        DeltaEncoder.Write(lengths, body);
        body.Write(texts.Bytes(first, lengths.Length));
    }
}
