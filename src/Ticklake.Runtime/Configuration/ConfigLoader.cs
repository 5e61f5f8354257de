namespace Ticklake.Runtime.Configuration;

/// <summary>
/// Reads ticklake.yml once at start. Everything wrong with it is told together; only a faultless file gives options.
/// </summary>
public static class ConfigLoader
{
    public const string FileName = "ticklake.yml";

    /// <summary>Reads the configuration and checks the data folder (which this creates).</summary>
    /// <param name="path">
    /// The file; null takes <c>ticklake.yml</c> of the current folder, or the built-in defaults where there is none.
    /// </param>
    /// <param name="environment">The process's environment variables.</param>
    public static ConfigResult Load(string? path, IReadOnlyDictionary<string, string> environment)
    {
        path ??= File.Exists(FileName) ? FileName : null;
        if (path is null)
            return Read(null, DefaultConfig.Yaml, environment);
        try
        {
            return Read(path, File.ReadAllText(path), environment);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var reason = e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file"
                : Directory.Exists(path) ? "this is a folder, not a file" : $"cannot be read: {e.Message}";
            return new ConfigResult(path, null, [new ConfigFault(path, 0, 0, "", reason)]);
        }
    }

    static ConfigResult Read(string? path, string text, IReadOnlyDictionary<string, string> environment)
    {
        var faults = new ConfigFaults(path ?? DefaultConfig.Name);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path ?? FileName))!;
        var substitution = new Substitution(environment, DotEnv.Read(Path.Combine(folder, ".env"), faults));
        var root = YamlTree.Parse(text, substitution, faults) ?? new ConfigNode(ConfigNodeKind.Map, 0, 0);
        var network = new NetworkSection(faults, substitution, folder).Read(root);
        var options = ReadRoot(root, folder, network, faults);
        var found = faults.InOrder;
        return new ConfigResult(path, found.Count == 0 ? options : null, found);
    }

    static RecorderOptions ReadRoot(ConfigNode root, string folder, NetworkOptions network, ConfigFaults faults)
    {
        string[] sections = [ExchangesSection.Key, .. ConfigTable.TopSections.Select(s => s.Name)];
        var top = ConfigTable.Root.Read(root, "", sections, faults);
        var data = Path.GetFullPath(top.Data, folder);
        var place = root.Find("data")?.Value ?? root;
        if (!place.IsBroken && DataFolder.Check(data) is { } unwritable)
            faults.Add(place, "data", unwritable);

        // A file that does not say what to record records what no file at all would.
        var wanted = root.Find(ExchangesSection.Key)?.Value ?? DefaultExchanges(faults);
        var options = new RecorderOptions
        {
            Data = data,
            Markets = new ExchangesSection(faults, network).Read(wanted),
            Session = Section(ConfigTable.Session),
            Journal = Section(ConfigTable.Journal),
            Segments = Section(ConfigTable.Segments),
            Disk = Section(ConfigTable.Disk),
            Clock = Section(ConfigTable.Clock),
            Log = Section(ConfigTable.Log),
        };
        ConfigRules.Check(options, root, faults);
        return options;

        T Section<T>(ConfigSection<T> section)
            where T : new() => section.Read(root.Find(section.Name)?.Value, section.Name, [], faults);
    }

    static ConfigNode DefaultExchanges(ConfigFaults faults)
    {
        var nothing = new Dictionary<string, string>();
        return YamlTree.Parse(DefaultConfig.Yaml, new Substitution(nothing, nothing), faults)!
            .Find(ExchangesSection.Key)!.Value;
    }
}
