namespace Ticklake.Stores.Segments;

/// <summary>The file on the disk that an open segment is written to. Store thread only.</summary>
sealed class SegmentOutput : IDisposable
{
    readonly IFileSystem _files;
    readonly Stream _file;
    readonly HashingStream _hashing;

    SegmentOutput(IFileSystem files, Stream file)
    {
        _files = files;
        _file = file;
        _hashing = new HashingStream(file);
    }

    /// <summary>What is written here lands in the file.</summary>
    public Stream Stream => _hashing;

    public static SegmentOutput Create(string path, IFileSystem files) => new(files, files.Create(path));

    /// <summary>Returns once everything is on the disk.</summary>
    public SealedFile Seal(string name)
    {
        _files.Sync(_file);
        return new SealedFile(name, _hashing.Length, _hashing.Sha256);
    }

    public void Dispose()
    {
        _hashing.Dispose();
        _file.Dispose();
    }
}
