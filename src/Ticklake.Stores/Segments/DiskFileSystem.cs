using System.Runtime.InteropServices;

namespace Ticklake.Stores.Segments;

/// <summary>The machine's own disks.</summary>
public sealed partial class DiskFileSystem : IFileSystem
{
    const int BufferBytes = 1 << 16;

    // O_RDONLY has this value on every Unix that .NET runs on.
    const int ReadOnly = 0;

    public static DiskFileSystem Instance { get; } = new();

    public void CreateFolder(string path)
    {
        if (Directory.Exists(path))
            return;
        var above = Path.GetDirectoryName(path);
        if (!string.IsNullOrEmpty(above))
            CreateFolder(above);
        Directory.CreateDirectory(path);
        if (!string.IsNullOrEmpty(above))
            SyncFolder(above);
    }

    public Stream Create(string path) =>
        new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, BufferBytes);

    public void Sync(Stream file) => ((FileStream)file).Flush(flushToDisk: true);

    public void SyncFolder(string path)
    {
        // Windows keeps names durable by itself and offers no such call.
        if (OperatingSystem.IsWindows())
            return;
        var descriptor = Open(path, ReadOnly);
        if (descriptor < 0)
            throw new IOException($"Cannot open the folder {path}: error {Marshal.GetLastPInvokeError()}.");
        try
        {
            if (Fsync(descriptor) != 0)
                throw new IOException($"Cannot sync the folder {path}: error {Marshal.GetLastPInvokeError()}.");
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    public void Rename(string from, string to)
    {
        if (Directory.Exists(from))
            Directory.Move(from, to);
        else
            File.Move(from, to, overwrite: false);
    }

    public bool Exists(string path) => Path.Exists(path);

    public void Delete(string path)
    {
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
        else if (File.Exists(path))
            File.Delete(path);
    }

    public void Append(string path, ReadOnlySpan<byte> bytes)
    {
        var isNew = !File.Exists(path);
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
        if (isNew)
            SyncFolder(Path.GetDirectoryName(path)!);
    }

    public byte[] Read(string path) => File.ReadAllBytes(path);

    public Stream OpenRead(string path) =>
        new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1);

    public IEnumerable<string> Files(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*", new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
        })
        : [];

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
