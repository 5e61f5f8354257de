namespace Ticklake.Runtime.Configuration;

/// <summary>Finds out before anything is started whether the data folder can be written.</summary>
public static class DataFolder
{
    /// <summary>
    /// Creates the folder, writes a probe file and deletes it. Null where that worked, otherwise a message that names
    /// the path and the reason.
    /// </summary>
    public static string? Check(string path)
    {
        try
        {
            if (File.Exists(path))
                return $"the data folder {path} cannot be used: a file has that name";
            Directory.CreateDirectory(path);
            var probe = Path.Combine(path, $".ticklake-probe-{Environment.ProcessId}");
            File.WriteAllBytes(probe, "ticklake"u8);
            File.Delete(probe);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return $"the data folder {path} cannot be written: {e.Message.TrimEnd('.')}";
        }
    }
}
