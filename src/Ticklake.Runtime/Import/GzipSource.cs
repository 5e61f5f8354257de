using System.IO.Compression;

namespace Ticklake.Runtime.Import;

/// <summary>
/// A gzip file with one more member after its end. <see cref="GZipStream"/> takes a file that was cut short for a whole
/// one; if the added member's content comes out last, the file before it was complete.
/// </summary>
sealed class GzipSource(Stream file) : Stream
{
    readonly MemoryStream _added = new(Compress());
    bool _isPastFile;

    /// <summary>What comes out after a complete file; it holds no separator of lines or messages.</summary>
    public static ReadOnlySpan<byte> Mark => "\u0001end of the gzip file\u0002"u8;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var read = _isPastFile ? 0 : file.Read(buffer);
        _isPastFile |= read == 0;
        return _isPastFile ? _added.Read(buffer) : read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            file.Dispose();
        base.Dispose(disposing);
    }

    static byte[] Compress()
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.NoCompression))
            gzip.Write(Mark);
        return target.ToArray();
    }
}
