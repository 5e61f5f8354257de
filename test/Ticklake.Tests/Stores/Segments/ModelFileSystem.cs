using Ticklake.Stores.Segments;

namespace Ticklake.Tests.Stores.Segments;

/// <summary>The machine lost power, or the process was killed: nothing more happens until the restart.</summary>
sealed class PowerCutException : Exception;

/// <summary>
/// A disk in memory that keeps apart what programs see and what would survive a power cut: contents are durable up to
/// their last sync, names from the sync of their folder on. Can be filled, made to fail, and cut off at any call.
/// </summary>
sealed class ModelFileSystem : IFileSystem
{
    readonly List<(string Folder, Action<Dictionary<string, ModelFile>> Apply)> _unsyncedNames = [];
    Dictionary<string, ModelFile> _seen = [];
    Dictionary<string, ModelFile> _durable = [];

    public int Calls { get; private set; }

    /// <summary>The call, counted from 1, at which the power is cut.</summary>
    public int CutAt { get; set; } = int.MaxValue;

    /// <summary>Says by operation name and path which calls fail.</summary>
    public Func<string, string, bool> Fails { get; set; } = static (_, _) => false;

    /// <summary>Bytes that fit on the disk; a write beyond leaves what fits.</summary>
    public long Space { get; set; } = long.MaxValue;

    public IReadOnlyCollection<string> Paths => _seen.Keys;

    /// <summary>What a restart finds: of unsynced names a prefix, of unsynced bytes a prefix.</summary>
    public void Restart(Random random)
    {
        CutAt = int.MaxValue;
        foreach (var (_, apply) in _unsyncedNames.Take(random.Next(_unsyncedNames.Count + 1)))
            apply(_durable);
        _unsyncedNames.Clear();
        foreach (var file in _durable.Values)
            file.Truncate(random.Next(file.Synced, file.Length + 1));
        _seen = new(_durable);
    }

    /// <summary>A killed process: all that was written is still there.</summary>
    public void RestartProcess() => CutAt = int.MaxValue;

    public void CreateFolder(string path) => Call("create folder", path);

    public Stream Create(string path)
    {
        Call("create", path);
        var file = new ModelFile();
        _seen[path] = file;
        Later(path, names => names[path] = file);
        return new ModelStream(this, file, path);
    }

    public void Sync(Stream file)
    {
        var stream = (ModelStream)file;
        Call("sync", stream.Path);
        stream.File.Synced = stream.File.Length;
    }

    public void SyncFolder(string path)
    {
        Call("sync folder", path);
        foreach (var (_, apply) in _unsyncedNames.Where(name => name.Folder == path))
            apply(_durable);
        _unsyncedNames.RemoveAll(name => name.Folder == path);
    }

    public void Rename(string from, string to)
    {
        Call("rename", to);
        if (Exists(to))
            throw new IOException($"{to} exists.");
        if (!Has(_seen, from))
            throw new IOException($"{from} does not exist.");
        Move(_seen, from, to);
        Later(to, names => Move(names, from, to));
    }

    public bool Exists(string path) => Has(_seen, path);

    public void Delete(string path)
    {
        Call("delete", path);
        // At once and for good: what comes later under the same name is another file.
        Remove(_seen, path);
        Remove(_durable, path);
        _unsyncedNames.RemoveAll(name => name.Folder == path);
    }

    public void Append(string path, ReadOnlySpan<byte> bytes)
    {
        Call("append", path);
        if (!_seen.TryGetValue(path, out var file))
        {
            _seen[path] = file = new ModelFile();
            Later(path, names => names[path] = file);
        }

        Write(file, path, bytes);
        file.Synced = file.Length;
    }

    public byte[] Read(string path) => _seen.TryGetValue(path, out var file)
        ? file.ToArray()
        : throw new FileNotFoundException(path);

    public Stream OpenRead(string path) => new MemoryStream(Read(path));

    public IEnumerable<string> Files(string folder) =>
        [.. _seen.Keys.Where(path => path.StartsWith(folder + "/", StringComparison.Ordinal))];

    internal void Write(ModelFile file, string path, ReadOnlySpan<byte> bytes)
    {
        // A write that is cut off, by the power or for want of space, leaves its first half.
        if (Calls + 1 >= CutAt)
            file.Append(bytes[..(bytes.Length / 2)]);
        Call("write", path);
        if (_seen.Values.Sum(each => (long)each.Length) + bytes.Length > Space)
        {
            file.Append(bytes[..(bytes.Length / 2)]);
            throw new IOException("No space left on device.");
        }

        file.Append(bytes);
    }

    void Call(string operation, string path)
    {
        if (++Calls >= CutAt)
            throw new PowerCutException();
        if (Fails(operation, path))
            throw new IOException($"Injected: {operation} {path}.");
    }

    void Later(string path, Action<Dictionary<string, ModelFile>> apply) =>
        _unsyncedNames.Add((path[..path.LastIndexOf('/')], apply));

    static bool Has(Dictionary<string, ModelFile> names, string path) =>
        names.ContainsKey(path) || names.Keys.Any(name => name.StartsWith(path + "/", StringComparison.Ordinal));

    static void Move(Dictionary<string, ModelFile> names, string from, string to)
    {
        foreach (var name in names.Keys.Where(name => IsAtOrBelow(name, from)).ToArray())
        {
            names.Remove(name, out var file);
            names[to + name[from.Length..]] = file!;
        }
    }

    static void Remove(Dictionary<string, ModelFile> names, string path)
    {
        foreach (var name in names.Keys.Where(name => IsAtOrBelow(name, path)).ToArray())
            names.Remove(name);
    }

    static bool IsAtOrBelow(string name, string path) =>
        name == path || name.StartsWith(path + "/", StringComparison.Ordinal);
}
