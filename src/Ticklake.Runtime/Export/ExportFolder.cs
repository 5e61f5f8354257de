namespace Ticklake.Runtime.Export;

/// <summary>The files of one export: each is begun once, finished or taken back. One thread.</summary>
sealed class ExportFolder(ExportRequest request, ExportReport report) : IDisposable
{
    readonly Dictionary<string, ExportFile> _open = [];
    readonly Dictionary<string, string> _owners = [];

    /// <summary>Refuses the export where it would replace files that are there already.</summary>
    /// <exception cref="ExportRefusedException">It would.</exception>
    public void Expect(IEnumerable<string> names)
    {
        if (request.Force)
            return;
        var there = names.Where(n => File.Exists(PathOf(n))).Order(StringComparer.Ordinal).ToList();
        if (there.Count == 0)
            return;
        var more = there.Count > 1 ? $" (and {there.Count - 1:N0} more)" : "";
        throw new ExportRefusedException(
            $"{PathOf(there[0])}{more} exists already. Nothing was written; --force replaces it, --out names another folder.");
    }

    /// <param name="name">Name of the file.</param>
    /// <param name="owner">What is written to it: no two may share a file.</param>
    public ExportFile Open(string name, string owner)
    {
        if (_open.TryGetValue(name, out var open))
            return open;
        if (_owners.TryGetValue(name, out var other))
        {
            throw new ExportRefusedException(other == owner
                ? $"{name} would have to be written twice: the times of {owner} go back to an earlier day."
                : $"{name} would hold both {other} and {owner}. Name one of them with --symbol.");
        }

        _owners.Add(name, owner);
        Directory.CreateDirectory(request.Output);
        var file = new ExportFile(PathOf(name), request.Force);
        _open.Add(name, file);
        return file;
    }

    public void Finish(string name)
    {
        if (_open.Remove(name, out var file))
            report.Files.Add(file.Finish());
    }

    public void FinishAll(Func<string, bool> which)
    {
        foreach (var name in _open.Keys.Where(which).Order(StringComparer.Ordinal).ToList())
            Finish(name);
    }

    public void Dispose()
    {
        foreach (var file in _open.Values)
            file.Dispose();
        _open.Clear();
    }

    string PathOf(string name) => Path.Combine(request.Output, name);
}
