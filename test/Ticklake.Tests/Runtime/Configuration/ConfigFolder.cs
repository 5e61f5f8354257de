using Ticklake.Runtime.Configuration;

namespace Ticklake.Tests.Runtime.Configuration;

/// <summary>A folder with a ticklake.yml of its own, deleted afterwards.</summary>
sealed class ConfigFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("ticklake-config-").FullName;

    public Dictionary<string, string> Environment { get; } = [];

    public void Write(string file, string text) => File.WriteAllText(Path.Combine(Root, file), text);

    public ConfigResult Load(string yaml)
    {
        Write(ConfigLoader.FileName, yaml);
        return ConfigLoader.Load(Path.Combine(Root, ConfigLoader.FileName), Environment);
    }

    public RecorderOptions LoadGood(string yaml)
    {
        var result = Load(yaml);
        return result.Options ?? throw new InvalidOperationException(string.Join('\n', result.Faults));
    }

    /// <summary>The messages with this folder's path taken out.</summary>
    public IReadOnlyList<string> Faults(string yaml) =>
        [.. Load(yaml).Faults.Select(f => f.ToString()
            .Replace(Root + Path.DirectorySeparatorChar, "", StringComparison.Ordinal))];

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
