using Ticklake.Runtime.Configuration.Forms;

namespace Ticklake.Runtime.Configuration;

/// <summary>A group of settings as the schema and the reference page see it.</summary>
abstract class ConfigSection(string name, string help)
{
    /// <summary>Its key at the top of the file; empty for the top itself.</summary>
    public string Name { get; } = name;

    public string Help { get; } = help;

    public abstract IReadOnlyList<Setting> Settings { get; }
}

/// <summary>A group of settings that makes up one options record.</summary>
sealed class ConfigSection<TOptions>(string name, string help) : ConfigSection(name, help)
    where TOptions : new()
{
    readonly List<Setting<TOptions>> _settings = [];

    public override IReadOnlyList<Setting> Settings => _settings;

    /// <summary>Adds a setting whose default is the record's own.</summary>
    public ConfigSection<TOptions> Add<TValue>(
        string name, ValueForm<TValue> form, Func<TOptions, TValue> get, Func<TOptions, TValue, TOptions> with,
        string help) =>
        Add(name, form, form.Write(get(new TOptions())), with, help);

    /// <summary>
    /// Adds a setting whose default depends on something else, which <paramref name="byDefault"/> tells.
    /// </summary>
    public ConfigSection<TOptions> Add<TValue>(
        string name, ValueForm<TValue> form, string byDefault, Func<TOptions, TValue, TOptions> with, string help)
    {
        _settings.Add(new Setting<TOptions, TValue>(name, help, form, byDefault, with));
        return this;
    }

    /// <summary>Adds a section within this one.</summary>
    public ConfigSection<TOptions> Add<TPart>(
        string name, ConfigSection<TPart> part, Func<TOptions, TPart, TOptions> with)
        where TPart : new()
    {
        _settings.Add(new SectionSetting<TOptions, TPart>(name, part, with));
        return this;
    }

    /// <summary>
    /// The options, with the defaults in place of what is absent or faulty; null stands for an absent section.
    /// </summary>
    /// <param name="node">The section's map.</param>
    /// <param name="path">Dotted name for messages; empty at the top.</param>
    /// <param name="others">Keys of the map that somebody else reads.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public TOptions Read(ConfigNode? node, string path, IReadOnlyList<string> others, ConfigFaults faults)
    {
        var options = new TOptions();
        if (node is null || !MapShape.Check(node, path, faults))
            return options;
        foreach (var entry in node.Entries)
        {
            if (_settings.Find(s => s.Name == entry.Name) is { } setting)
                options = setting.Read(entry.Value, MapShape.Join(path, entry.Name), options, faults);
            else if (!others.Contains(entry.Name))
                MapShape.Refuse(entry, path, [.. _settings.Select(s => s.Name), .. others], faults);
        }

        return options;
    }
}
