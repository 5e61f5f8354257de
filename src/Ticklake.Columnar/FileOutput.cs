namespace Ticklake.Columnar;

/// <summary>The bytes of one file on their way to its stream, counted. One thread at a time.</summary>
sealed class FileOutput(Stream stream)
{
    /// <summary>Bytes written to the stream.</summary>
    public long Position { get; private set; }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        stream.Write(bytes);
        Position += bytes.Length;
    }
}
