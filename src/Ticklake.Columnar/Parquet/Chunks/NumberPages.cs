using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ticklake.Columnar.Parquet.Encodings;
using Ticklake.Columnar.Parquet.Footer;

namespace Ticklake.Columnar.Parquet.Chunks;

/// <summary>Encodes pages of integers, timestamps and doubles.</summary>
static class NumberPages
{
    /// <summary>The body of a page, in place where it is what the values are in memory.</summary>
    /// <param name="encoding">None with a dictionary.</param>
    /// <param name="values">The page's values.</param>
    /// <param name="isAligned">Whether deltas are whole bytes wide.</param>
    /// <param name="body">Where it is built.</param>
    public static ReadOnlySpan<byte> Encode<T>(
        PageEncoding encoding, ReadOnlySpan<T> values, bool isAligned, ByteBuffer body)
        where T : unmanaged
    {
        body.Clear();
        switch (encoding)
        {
            case PageEncoding.Plain:
                return MemoryMarshal.AsBytes(values);
            case PageEncoding.ByteStreamSplit:
                ByteStreamSplit.Write(MemoryMarshal.Cast<T, ulong>(values), body);
                break;
            case PageEncoding.DeltaBinaryPacked when typeof(T) == typeof(int):
                DeltaEncoder.Write(MemoryMarshal.Cast<T, int>(values), body, isAligned);
                break;
            case PageEncoding.DeltaBinaryPacked:
                DeltaEncoder.Write(MemoryMarshal.Cast<T, long>(values), body, isAligned);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(encoding), encoding, "No encoding of numbers alone.");
        }

        return body.Written;
    }

    public static ReadOnlySpan<byte> EncodeIndices(ReadOnlySpan<int> indices, int width, ByteBuffer body)
    {
        body.Clear();
        body.WriteByte((byte)width);
        RunEncoder.Write(indices, width, body);
        return body.Written;
    }

    /// <summary>The PLAIN form of a dictionary's entries.</summary>
    public static ReadOnlySpan<byte> EncodeEntries<T>(ReadOnlySpan<ulong> entries, ByteBuffer body)
        where T : unmanaged
    {
        if (Unsafe.SizeOf<T>() == sizeof(ulong))
            return MemoryMarshal.AsBytes(entries);
        body.Clear();
        foreach (var entry in entries)
            body.WriteInt32((int)entry);
        return body.Written;
    }
}
