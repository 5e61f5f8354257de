using Ticklake.Columnar.Compression;

namespace Ticklake.Runtime.Journal;

/// <summary>Turns a block into the bytes of the file: header and zstd frame. One thread at a time.</summary>
sealed class JournalBlockEncoder(int level) : IDisposable
{
    readonly ZstdCompressor _compressor = new(level, checksum: true);
    byte[] _buffer = [];

    /// <summary>The bytes are valid until the next call.</summary>
    public ReadOnlySpan<byte> Encode(JournalBlock block)
    {
        var bound = JournalBlockHeader.Size + Zstd.CompressBound(block.Length);
        if (_buffer.Length < bound)
            _buffer = GC.AllocateUninitializedArray<byte>(bound);
        var frame = _compressor.Compress(block.Buffer.AsSpan(0, block.Length), _buffer.AsSpan(JournalBlockHeader.Size));
        new JournalBlockHeader(block.FirstLine, block.Lines, block.Length, frame).Write(_buffer);
        return _buffer.AsSpan(0, JournalBlockHeader.Size + frame);
    }

    public void Dispose() => _compressor.Dispose();
}
