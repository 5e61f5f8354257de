using System.IO.Compression;

namespace Ticklake.Runtime.Export;

/// <summary>
/// One gzip file of an export, written under a temporary name beside its place and renamed when it is whole. One thread.
/// </summary>
sealed class ExportFile : IDisposable
{
    readonly string _temporary;
    readonly bool _force;
    readonly FileStream _file;
    readonly BufferedStream _lines;
    bool _isDone;

    public ExportFile(string path, bool force)
    {
        Path = path;
        _force = force;
        _temporary = System.IO.Path.Combine(
            System.IO.Path.GetDirectoryName(path)!, $".{System.IO.Path.GetFileName(path)}.tmp");
        _file = new FileStream(_temporary, FileMode.Create, FileAccess.Write, FileShare.None);
        _lines = new BufferedStream(new GZipStream(_file, CompressionLevel.Optimal, leaveOpen: true), 1 << 16);
    }

    public string Path { get; }

    public long Rows { get; private set; }

    public void WriteHeading(ReadOnlySpan<byte> line) => _lines.Write(line);

    /// <summary>Writes a whole line, its end included.</summary>
    public void Write(ReadOnlySpan<byte> line)
    {
        _lines.Write(line);
        Rows++;
    }

    /// <summary>The file is whole: it gets its name.</summary>
    public ExportedFile Finish()
    {
        _lines.Dispose();
        _file.Flush(flushToDisk: true);
        _file.Dispose();
        File.Move(_temporary, Path, _force);
        _isDone = true;
        return new ExportedFile(Path, Rows);
    }

    /// <summary>A file that was not finished leaves nothing behind.</summary>
    public void Dispose()
    {
        if (_isDone)
            return;
        _isDone = true;
        try
        {
            _lines.Dispose();
        }
        catch (IOException)
        {
            // A full disk refuses the last bytes of a file that is given up anyway.
        }

        _file.Dispose();
        File.Delete(_temporary);
    }
}
