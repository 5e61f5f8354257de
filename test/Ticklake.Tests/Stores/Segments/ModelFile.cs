namespace Ticklake.Tests.Stores.Segments;

/// <summary>A file's bytes, and how many of them would survive a power cut.</summary>
sealed class ModelFile
{
    readonly List<byte> _bytes = [];

    public int Length => _bytes.Count;

    public int Synced { get; set; }

    public void Append(ReadOnlySpan<byte> bytes) => _bytes.AddRange(bytes);

    public void Truncate(int length)
    {
        _bytes.RemoveRange(length, _bytes.Count - length);
        Synced = length;
    }

    public byte[] ToArray() => [.. _bytes];
}

/// <summary>Writes to a <see cref="ModelFile"/>, each write being one call on the disk.</summary>
sealed class ModelStream(ModelFileSystem disk, ModelFile file, string path) : Stream
{
    public ModelFile File => file;

    public string Path => path;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => file.Length;

    public override long Position
    {
        get => file.Length;
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer) => disk.Write(file, path, buffer);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
