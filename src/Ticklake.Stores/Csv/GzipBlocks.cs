using System.IO.Compression;

namespace Ticklake.Stores.Csv;

/// <summary>
/// The content of a gzip file: of one that was written here member by member, each held against its stated length; of any
/// other as a decompressor finds it. One thread.
/// </summary>
sealed class GzipBlocks(Stream file) : ForwardStream
{
    // A block is a megabyte and one line, and compression adds little to what it cannot shrink.
    const uint LargestMember = 1 << 27;

    readonly byte[] _header = new byte[GzipBlock.HeaderLength];
    byte[] _packed = [];
    GZipStream? _member;

    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            var count = _member?.Read(buffer) ?? 0;
            if (count > 0 || buffer.IsEmpty)
                return count;
            if (!NextMember())
                return 0;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _member?.Dispose();
        base.Dispose(disposing);
    }

    bool NextMember()
    {
        _member?.Dispose();
        _member = null;
        var begin = file.Position;
        var read = file.ReadAtLeast(_header, _header.Length, throwOnEndOfStream: false);
        if (read == 0)
            return false;
        if (!_header.AsSpan(0, read).StartsWith(GzipBlock.Magic))
            throw new InvalidDataException("what follows is no gzip");
        if (read < _header.Length)
            throw new InvalidDataException("the file ends within a gzip header");
        _member = GzipBlock.StatedLength(_header) is { } length ? Stated(length) : Other(begin);
        return true;
    }

    GZipStream Stated(uint length)
    {
        var rest = file.Length - file.Position;
        if (length is < GzipBlock.HeaderLength or > LargestMember || length - GzipBlock.HeaderLength > rest)
        {
            throw new InvalidDataException(
                $"the file ends within a gzip member of {length} bytes, or its length is damaged");
        }

        if (_packed.Length < length)
            _packed = new byte[length];
        _header.CopyTo(_packed, 0);
        file.ReadExactly(_packed.AsSpan(_header.Length, (int)length - _header.Length));
        return new GZipStream(new MemoryStream(_packed, 0, (int)length), CompressionMode.Decompress);
    }

    GZipStream Other(long begin)
    {
        file.Position = begin;
        return new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
    }
}
