namespace Ticklake.Runtime.Configuration;

/// <summary>
/// Reads the .env file beside the configuration: <c>NAME=value</c> lines, quotes optional, <c>#</c> comments.
/// </summary>
static class DotEnv
{
    /// <summary>The variables; a line that is none is a fault that names its line and never its content.</summary>
    public static IReadOnlyDictionary<string, string> Read(string path, ConfigFaults faults)
    {
        var variables = new Dictionary<string, string>();
        if (!File.Exists(path))
            return variables;
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults.Add(new ConfigFault(path, 0, 0, "", $"cannot be read: {e.Message}"));
            return variables;
        }

        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (line.StartsWith("export ", StringComparison.Ordinal))
                line = line["export ".Length..].TrimStart();
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && IsName(line[..equals]))
                variables[line[..equals]] = Unquoted(line[(equals + 1)..].Trim());
            else
            {
                faults.Add(new ConfigFault(
                    path, i + 1, 1, "", "this line sets no variable", "NAME=value, or # and a comment"));
            }
        }

        return variables;
    }

    static bool IsName(string name) =>
        !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    static string Unquoted(string value)
    {
        if (value.Length >= 2 && value[0] is '"' or '\'' && value[^1] == value[0])
            return value[1..^1];
        var comment = value.IndexOf(" #", StringComparison.Ordinal);
        return comment < 0 ? value : value[..comment].TrimEnd();
    }
}
