using System.IO.Compression;

namespace Ticklake.Runtime.Import;

/// <summary>The lines or messages of one source file, decompressed as it is read. One thread.</summary>
sealed class RecordingLines : IDisposable
{
    const int DetectBytes = 1 << 20;

    readonly Stream _stream;
    readonly bool _isGzip;
    readonly bool _hasSemicolons;
    byte[] _buffer = new byte[DetectBytes];
    int _start;
    int _end;
    bool _isAtEnd;

    /// <param name="path">Plain or gzip, told apart by the first bytes.</param>
    /// <param name="mayHaveSemicolons">Messages may be separated by <c>;;</c>, if the file shows that they are.</param>
    public RecordingLines(string path, bool mayHaveSemicolons = false)
    {
        Path = path;
        (_stream, _isGzip) = Open(path);
        while (_end < DetectBytes && !_isAtEnd)
            Fill();
        _hasSemicolons = mayHaveSemicolons && HasSemicolons(_buffer.AsSpan(0, _end));
    }

    public string Path { get; }

    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>
    /// 1-based: the line's number, or the message's among those that are not empty where <c>;;</c> separates.
    /// </summary>
    public long Number { get; private set; }

    /// <summary>The next line or message that is not empty; valid until the next call.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        while (TryReadAny(out line))
        {
            if (line.EndsWith("\r"u8))
                line = line[..^1];
            if (!_hasSemicolons || !line.IsEmpty)
                Number++;
            if (!line.IsEmpty)
                return true;
        }

        return false;
    }

    bool TryReadAny(out ReadOnlySpan<byte> line)
    {
        var searched = 0;
        while (true)
        {
            var rest = _buffer.AsSpan(_start, _end - _start);
            var (at, length) = Separator(rest, searched);
            if (at >= 0)
            {
                line = rest[..at];
                _start += at + length;
                return true;
            }

            if (_isAtEnd)
            {
                line = rest;
                _start = _end;
                return !line.IsEmpty;
            }

            // One byte again: it may be the first half of a separator.
            searched = Math.Max(0, rest.Length - 1);
            Fill();
            searched = Math.Min(searched, _end - _start);
        }
    }

    (int At, int Length) Separator(ReadOnlySpan<byte> rest, int from)
    {
        if (!_hasSemicolons)
            return rest[from..].IndexOf((byte)'\n') is var at and >= 0 ? (from + at, 1) : (-1, 0);
        var semicolons = rest[from..].IndexOf(";;"u8);
        var line = (semicolons < 0 ? rest[from..] : rest.Slice(from, semicolons)).IndexOf((byte)'\n');
        return line >= 0 ? (from + line, 1) : semicolons >= 0 ? (from + semicolons, 2) : (-1, 0);
    }

    void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        try
        {
            var read = _stream.Read(_buffer, _end, _buffer.Length - _end);
            _end += read;
            _isAtEnd = read == 0;
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{Path} is damaged: {e.Message}", e);
        }

        if (_isAtEnd && _isGzip)
            TakeMark();
    }

    void TakeMark()
    {
        if (!_buffer.AsSpan(0, _end).EndsWith(GzipSource.Mark))
            throw new InvalidDataException($"{Path} is damaged: the gzip file is cut short.");
        _end -= GzipSource.Mark.Length;
    }

    /// <summary>A separator between the end of one JSON value and the beginning of the next.</summary>
    static bool HasSemicolons(ReadOnlySpan<byte> text)
    {
        for (var at = 0; text[at..].IndexOf(";;"u8) is var found and >= 0; at++)
        {
            at += found;
            if (at > 0 && text[at - 1] is (byte)'}' or (byte)']'
                && (at + 2 == text.Length || text[at + 2] is (byte)'{' or (byte)'[' or (byte)';' or (byte)'\n'))
                return true;
        }

        return false;
    }

    static (Stream Stream, bool IsGzip) Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        Span<byte> magic = stackalloc byte[2];
        var isGzip = file.ReadAtLeast(magic, 2, throwOnEndOfStream: false) == 2 && magic is [0x1F, 0x8B];
        file.Position = 0;
        return isGzip ? (new GZipStream(new GzipSource(file), CompressionMode.Decompress), true) : (file, false);
    }

    public void Dispose() => _stream.Dispose();
}
