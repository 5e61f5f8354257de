namespace Ticklake.Runtime.Sql;

/// <summary>A DuckDB that is installed on this machine: its command-line program, or npm's package and Node to run it.</summary>
public sealed record DuckDb
{
    public const string Variable = "TICKLAKE_DUCKDB";
    const string Package = "node_modules/@duckdb/node-api/package.json";

    /// <summary>What a user is told where there is none.</summary>
    public const string NotFound =
        "DuckDB is not installed. Either put its program on PATH (https://duckdb.org/docs/installation, one file), or install "
        + "npm's package, which needs Node 18 or later: npm install @duckdb/node-api. It is looked for in the folder named by "
        + Variable + ", in the present one, in the program's, and above them.";

    DuckDb(string program, string? folder) => (Program, Folder) = (program, folder);

    /// <summary>Path of <c>duckdb</c> or of <c>node</c>.</summary>
    public string Program { get; }

    /// <summary>The folder whose <c>node_modules</c> has the package, or null for DuckDB's own program.</summary>
    public string? Folder { get; }

    /// <summary>The DuckDB to use: that of <c>TICKLAKE_DUCKDB</c>, else the program, else the package; or null.</summary>
    /// <param name="environment">Reads the environment's variables.</param>
    /// <param name="folders">Where to look for the package, each with all folders above it.</param>
    public static DuckDb? Find(Func<string, string?> environment, IEnumerable<string> folders)
    {
        var path = environment("PATH") ?? "";
        var node = OnPath(path, "node");
        if (environment(Variable) is { Length: > 0 } named)
        {
            if (File.Exists(named))
                return new DuckDb(named, null);
            return node is not null && Above(named) is { } own ? new DuckDb(node, own) : null;
        }

        if (OnPath(path, "duckdb") is { } program)
            return new DuckDb(program, null);
        return node is not null && folders.Select(Above).OfType<string>().FirstOrDefault() is { } folder ? new DuckDb(node, folder) : null;
    }

    static string? OnPath(string path, string program)
    {
        var name = OperatingSystem.IsWindows() ? program + ".exe" : program;
        return path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }

    // As Node itself looks for packages.
    static string? Above(string start)
    {
        for (var folder = new DirectoryInfo(Path.GetFullPath(start)); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Package)))
                return folder.FullName;
        }

        return null;
    }
}
