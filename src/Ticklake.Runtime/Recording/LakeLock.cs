namespace Ticklake.Runtime.Recording;

/// <summary>Keeps a second recorder out of the same data folder. The operating system lets go of it when the process dies.</summary>
public sealed class LakeLock : IDisposable
{
    public const string FileName = ".lock";

    readonly FileStream _file;

    LakeLock(FileStream file) => _file = file;

    /// <summary>The lock, or null where another process holds it.</summary>
    public static LakeLock? TryTake(string dataDirectory)
    {
        Directory.CreateDirectory(dataDirectory);
        try
        {
            return new LakeLock(
                new FileStream(Path.Combine(dataDirectory, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Nobody records there at this moment. Touches nothing.</summary>
    public static bool IsFree(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, FileName);
        if (!File.Exists(path))
            return true;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    public void Dispose() => _file.Dispose();
}
