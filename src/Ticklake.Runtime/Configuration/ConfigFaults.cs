namespace Ticklake.Runtime.Configuration;

/// <summary>Gathers the faults of one load; says each only once.</summary>
sealed class ConfigFaults(string file)
{
    readonly List<ConfigFault> _faults = [];

    public string File { get; } = file;

    /// <summary>In the order of the file; those of other files (.env) come first.</summary>
    public IReadOnlyList<ConfigFault> InOrder =>
        [.. _faults.OrderBy(f => f.File == File).ThenBy(f => f.Line).ThenBy(f => f.Column)];

    public void Add(ConfigNode node, string setting, string problem, string? allowed = null) =>
        Add(new ConfigFault(File, node.Line, node.Column, setting, problem, allowed));

    public void Add(ConfigEntry entry, string setting, string problem, string? allowed = null) =>
        Add(new ConfigFault(File, entry.Line, entry.Column, setting, problem, allowed));

    public void Add(ConfigFault fault)
    {
        if (!_faults.Contains(fault))
            _faults.Add(fault);
    }
}
