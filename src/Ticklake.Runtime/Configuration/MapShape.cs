namespace Ticklake.Runtime.Configuration;

/// <summary>What every map of the file is held to.</summary>
static class MapShape
{
    public static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    /// <summary>False, with a fault, where the node is no map; an empty value counts as an empty map.</summary>
    public static bool Check(ConfigNode node, string path, ConfigFaults faults)
    {
        if (node.Kind == ConfigNodeKind.Map || node.IsEmpty)
            return true;
        faults.Add(node, path, node.Described, "a group of settings, one 'name: value' a line");
        return false;
    }

    public static void Refuse(ConfigEntry entry, string path, IReadOnlyList<string> known, ConfigFaults faults) =>
        faults.Add(
            entry, Join(path, entry.Name), $"there is no such setting{Suggestion.For(entry.Name, known)}",
            string.Join(", ", known));
}
