namespace Ticklake.Stores.Segments;

/// <summary>The file on the disk that an open segment is written to. Store thread only.</summary>
sealed class SegmentOutput(Stream file) : IDisposable
{
    readonly HashingStream _hashing = new(file);

    /// <summary>What is written here lands in the file.</summary>
    public Stream Stream => _hashing;

    /// <summary>Returns once everything is on the disk.</summary>
    public SealedFile Seal(string name, IFileSystem files)
    {
        files.Sync(file);
        return new SealedFile(name, _hashing.Length, _hashing.Sha256);
    }

    public void Dispose()
    {
        _hashing.Dispose();
        file.Dispose();
    }
}
