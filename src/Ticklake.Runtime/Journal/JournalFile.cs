using Microsoft.Win32.SafeHandles;

namespace Ticklake.Runtime.Journal;

/// <summary>
/// One journal file being written. Opened and extended by the flusher's writing thread, synced and closed by its
/// syncing thread; a write that fails is cut back, so that the file always ends with a whole block.
/// </summary>
sealed class JournalFile(string fullPath, string relativePath, bool replace)
{
    SafeFileHandle? _handle;
    long _length;
    long _synced;
    bool _isTorn;

    public string RelativePath { get; } = relativePath;

    public string FullPath { get; } = fullPath;

    /// <summary>Bytes of whole blocks given to the operating system; read by any thread.</summary>
    public long Length => Volatile.Read(ref _length);

    public void Open()
    {
        if (_handle is not null)
            return;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(FullPath)!);
            _handle = File.OpenHandle(
                FullPath, replace ? FileMode.Create : FileMode.CreateNew, FileAccess.Write,
                FileShare.Read | FileShare.Delete);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JournalFaultedException(JournalFault.From(FullPath, e));
        }
    }

    public void Append(ReadOnlySpan<byte> block)
    {
        Open();
        try
        {
            CutBack();
            _isTorn = true;
            RandomAccess.Write(_handle!, block, _length);
            _isTorn = false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TryCutBack();
            throw new JournalFaultedException(JournalFault.From(FullPath, e));
        }

        Volatile.Write(ref _length, _length + block.Length);
    }

    /// <summary>Forces what is written to the disk, if anything is new.</summary>
    public void Sync()
    {
        var length = Length;
        if (_handle is null || length == _synced)
            return;
        try
        {
            RandomAccess.FlushToDisk(_handle);
            _synced = length;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JournalFaultedException(JournalFault.From(FullPath, e));
        }
    }

    public void Close() => _handle?.Dispose();

    void CutBack()
    {
        if (!_isTorn)
            return;
        RandomAccess.SetLength(_handle!, _length);
        _isTorn = false;
    }

    void TryCutBack()
    {
        try
        {
            CutBack();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The torn block stays until the next attempt, which cuts it first; a reader stops before it.
        }
    }
}
