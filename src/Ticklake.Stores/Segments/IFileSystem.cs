namespace Ticklake.Stores.Segments;

/// <summary>
/// The calls that segments, manifests and the catalogue make of a disk, and no others, so that tests can fill it, tear
/// its writes and cut its power. Every call may throw <see cref="IOException"/> or <see
/// cref="UnauthorizedAccessException"/>.
/// </summary>
public interface IFileSystem
{
    /// <summary>Creates a folder and those above it, where missing; new names are on the disk on return.</summary>
    void CreateFolder(string path);

    /// <summary>Opens a new file for writing; one that is there is emptied.</summary>
    Stream Create(string path);

    /// <summary>Returns once what was written to a file from <see cref="Create"/> is on the disk.</summary>
    void Sync(Stream file);

    /// <summary>Returns once the names in a folder are on the disk.</summary>
    void SyncFolder(string path);

    /// <summary>
    /// Gives a file or folder a new name on the same disk, at once or not at all; fails where that is taken.
    /// </summary>
    void Rename(string from, string to);

    /// <summary>A file or a folder of this name is there.</summary>
    bool Exists(string path);

    /// <summary>Removes a file, or a folder with all it holds; nothing there is no error.</summary>
    void Delete(string path);

    /// <summary>Adds bytes to the end of a file, which is created where missing, and syncs it.</summary>
    void Append(string path, ReadOnlySpan<byte> bytes);

    byte[] Read(string path);

    /// <summary>Opens a file for reading at any place of it.</summary>
    Stream OpenRead(string path);

    /// <summary>
    /// Every file below a folder, as full paths in no particular order; none where the folder is missing.
    /// </summary>
    IEnumerable<string> Files(string folder);
}
