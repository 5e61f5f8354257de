using System.Buffers.Binary;
using System.Numerics;
using Microsoft.Win32.SafeHandles;
using Ticklake.Columnar.Compression;

namespace Ticklake.Runtime.Journal;

/// <summary>
/// Reads a journal file block by block. Blocks of our own writer have a header; plain zstd frames, as a person's tools
/// write them, are read too. One thread.
/// </summary>
sealed class JournalBlockReader(string path) : IDisposable
{
    const uint ZstdMagic = 0xFD2FB528;
    const int ScanWindow = 1 << 20;
    const int MaxContent = 1 << 30;

    readonly SafeFileHandle _handle = File.OpenHandle(
        path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
    readonly ZstdDecompressor _decompressor = new();
    byte[] _compressed = new byte[64 * 1024];
    byte[] _content = [];
    int _contentLength;
    long _offset;

    public ReadOnlySpan<byte> Content => _content.AsSpan(0, _contentLength);

    /// <summary>Number of the content's first line, or 0 where the block does not say.</summary>
    public long FirstLine { get; private set; }

    /// <summary>The file stopped within a block.</summary>
    public bool IsTorn { get; private set; }

    /// <summary>Called with the place and length of what had to be passed over.</summary>
    public Action<long, long>? Damaged { get; init; }

    /// <summary>
    /// Told a block's first line and how many it has, whether anybody wants them; null for all. Blocks that say nothing of
    /// their lines are read.
    /// </summary>
    public Func<long, int, bool>? Wanted { get; init; }

    /// <summary>False at the end of what the file holds now; a later call goes on where it stopped.</summary>
    public bool TryRead()
    {
        IsTorn = false;
        while (true)
        {
            var head = Read(_offset, JournalBlockHeader.Size + sizeof(uint));
            if (head.IsEmpty)
                return false;
            if (JournalBlockHeader.TryRead(head, out var header))
            {
                if (IsUnwanted(header))
                {
                    _offset += JournalBlockHeader.Size + header.FrameBytes;
                    continue;
                }

                if (TryReadOwn(header, out var isTorn))
                    return true;
                if (isTorn)
                    return Torn();
            }
            else if (IsChangedHeader(head))
            {
                // Its frame may well be whole, but must be read without it.
                Skip(JournalBlockHeader.Size);
            }
            else if (!TryReadForeign(head, out var mayGoOn))
            {
                if (!mayGoOn)
                    return Torn();
            }
            else if (_contentLength > 0)
            {
                return true;
            }
        }
    }

    // A torn one is not passed over: the file may be read on later.
    bool IsUnwanted(in JournalBlockHeader header) => Wanted is not null && !Wanted(header.FirstLine, header.Lines)
        && RandomAccess.GetLength(_handle) - _offset >= JournalBlockHeader.Size + header.FrameBytes;

    bool TryReadOwn(JournalBlockHeader header, out bool isTorn)
    {
        var frame = Read(_offset + JournalBlockHeader.Size, header.FrameBytes);
        isTorn = frame.Length < header.FrameBytes;
        if (isTorn)
            return false;
        if (!TryDecompress(frame, header.ContentBytes) || _contentLength != header.ContentBytes)
        {
            Skip(JournalBlockHeader.Size + header.FrameBytes);
            return false;
        }

        FirstLine = header.FirstLine;
        _offset += JournalBlockHeader.Size + header.FrameBytes;
        return true;
    }

    /// <summary>
    /// A frame without header, skippable or of zstd; what is neither is passed over to the next header.
    /// </summary>
    bool TryReadForeign(ReadOnlySpan<byte> head, out bool mayGoOn)
    {
        _contentLength = 0;
        mayGoOn = true;
        var magic = head.Length >= 4 ? BinaryPrimitives.ReadUInt32LittleEndian(head) : 0;
        if ((magic & 0xFFFFFFF0) == 0x184D2A50 && head.Length >= 8 && !head.StartsWith(JournalBlockHeader.Prefix))
        {
            var next = _offset + 8 + BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
            if (next > RandomAccess.GetLength(_handle))
                return mayGoOn = TrySkipToHeader();
            _offset = next;
            return true;
        }

        if (magic == ZstdMagic && TryReadFrame())
            return true;
        mayGoOn = TrySkipToHeader();
        return false;
    }

    /// <summary>Nearly a header's magic, and a frame begins where one does after a header.</summary>
    static bool IsChangedHeader(ReadOnlySpan<byte> head)
    {
        if (head.Length < JournalBlockHeader.Size + sizeof(uint))
            return false;
        var magic = BinaryPrimitives.ReadUInt32LittleEndian(head);
        return BinaryPrimitives.ReadUInt32LittleEndian(head[JournalBlockHeader.Size..]) == ZstdMagic
            && BitOperations.PopCount(magic ^ JournalBlockHeader.Magic) <= 8;
    }

    bool TryReadFrame()
    {
        var remaining = RandomAccess.GetLength(_handle) - _offset;
        for (var window = ScanWindow; ; window = (int)Math.Min(remaining, window * 4L))
        {
            var source = Read(_offset, (int)Math.Min(window, remaining));
            if (ZstdDecompressor.TryReadFrameSize(source, out var size, out var content))
                return content <= MaxContent && TryTakeFrame(source[..size], (int)content);
            if (ZstdFrame.TryMeasure(source, out size))
                return TryTakeUnsized(source[..size]);
            if (source.Length >= remaining || window >= MaxContent)
                return false;
        }
    }

    bool TryTakeFrame(ReadOnlySpan<byte> frame, int content)
    {
        if (!TryDecompress(frame, content))
            return false;
        FirstLine = 0;
        _offset += frame.Length;
        return true;
    }

    /// <summary>A frame made by a pipe does not state its content's length.</summary>
    bool TryTakeUnsized(ReadOnlySpan<byte> frame)
    {
        for (var room = Math.Max(ScanWindow, frame.Length * 8L); room <= MaxContent; room *= 4)
        {
            if (TryTakeFrame(frame, (int)room))
                return true;
        }

        return false;
    }

    bool TryDecompress(ReadOnlySpan<byte> frame, int content)
    {
        if (_content.Length < content)
            _content = GC.AllocateUninitializedArray<byte>(content);
        try
        {
            _contentLength = _decompressor.Decompress(frame, _content.AsSpan(0, content));
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>Passes over damage to the next intact header; false where there is none.</summary>
    bool TrySkipToHeader()
    {
        var from = _offset + 1;
        while (true)
        {
            var window = Read(from, ScanWindow);
            for (var at = 0; window[at..].IndexOf(JournalBlockHeader.Prefix) is var found and >= 0; at++)
            {
                at += found;
                if (JournalBlockHeader.TryRead(window[at..], out _))
                {
                    Skip(from + at - _offset);
                    return true;
                }
            }

            if (window.Length < ScanWindow)
                return false;
            from += ScanWindow - JournalBlockHeader.Size + 1;
        }
    }

    void Skip(long length)
    {
        Damaged?.Invoke(_offset, length);
        _offset += length;
    }

    /// <summary>
    /// Nothing intact follows. A file that ends within a block's header or frame, or in zeros (a file system that grew
    /// the file before the power failed), is torn; anything else is damage. The offset stays: a live file may yet grow.
    /// </summary>
    bool Torn()
    {
        var rest = RandomAccess.GetLength(_handle) - _offset;
        var head = Read(_offset, JournalBlockHeader.Size);
        IsTorn = true;
        if (JournalBlockHeader.TryRead(head, out _) || rest < JournalBlockHeader.Size || IsZero(rest)
            || (head.Length >= 4 && BinaryPrimitives.ReadUInt32LittleEndian(head) == ZstdMagic))
            return false;
        IsTorn = false;
        Skip(rest);
        return false;
    }

    bool IsZero(long rest)
    {
        for (var at = 0L; at < rest; at += ScanWindow)
        {
            if (Read(_offset + at, (int)Math.Min(ScanWindow, rest - at)).ContainsAnyExcept((byte)0))
                return false;
        }

        return true;
    }

    /// <summary>So many bytes, or fewer at the end of the file; valid until the next call.</summary>
    ReadOnlySpan<byte> Read(long offset, int length)
    {
        length = (int)Math.Clamp(RandomAccess.GetLength(_handle) - offset, 0, length);
        if (_compressed.Length < length)
            _compressed = GC.AllocateUninitializedArray<byte>(Math.Max(length, _compressed.Length * 2));
        var read = 0;
        while (read < length && RandomAccess.Read(_handle, _compressed.AsSpan(read, length - read), offset + read)
            is var n and > 0)
            read += n;
        return _compressed.AsSpan(0, read);
    }

    public void Dispose()
    {
        _handle.Dispose();
        _decompressor.Dispose();
    }
}
