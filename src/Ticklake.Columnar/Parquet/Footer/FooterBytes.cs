using System.Buffers.Binary;

namespace Ticklake.Columnar.Parquet.Footer;

/// <summary>Finds the footer at the end of a Parquet file.</summary>
static class FooterBytes
{
    const int TailLength = 8;

    /// <exception cref="InvalidDataException">The stream is no Parquet file, or claims a longer footer.</exception>
    /// <exception cref="NotSupportedException">The file is encrypted.</exception>
    public static byte[] Read(Stream stream, int mostBytes)
    {
        var magic = "PAR1"u8;
        var length = stream.Length;
        Span<byte> tail = stackalloc byte[TailLength];
        if (length < magic.Length + TailLength)
            throw new InvalidDataException($"A file of {length} bytes is no Parquet file.");
        stream.Position = 0;
        stream.ReadExactly(tail[..4]);
        var isParquet = tail[..4].SequenceEqual(magic);
        stream.Position = length - TailLength;
        stream.ReadExactly(tail);
        if (tail[4..].SequenceEqual("PARE"u8))
            throw new NotSupportedException("The Parquet file is encrypted.");
        if (!isParquet || !tail[4..].SequenceEqual(magic))
            throw new InvalidDataException("The file does not begin and end with PAR1: no Parquet, or unfinished.");
        var size = BinaryPrimitives.ReadInt32LittleEndian(tail);
        if (size <= 0 || size > length - TailLength - magic.Length || size > mostBytes)
            throw new InvalidDataException($"The Parquet footer claims {size} bytes in a file of {length}.");
        var bytes = new byte[size];
        stream.Position = length - TailLength - size;
        stream.ReadExactly(bytes);
        return bytes;
    }
}
