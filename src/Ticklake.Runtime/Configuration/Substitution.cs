using System.Text.RegularExpressions;

namespace Ticklake.Runtime.Configuration;

/// <summary>
/// Puts environment variables into values: <c>${NAME}</c>, <c>${NAME:-default}</c>, and <c>$${</c> for a literal
/// <c>${</c>. The process's environment goes before the .env file.
/// </summary>
sealed partial class Substitution(
    IReadOnlyDictionary<string, string> environment, IReadOnlyDictionary<string, string> dotEnv)
{
    /// <summary>
    /// The node's value with every variable in place; false, with a fault for each, where some are missing.
    /// </summary>
    public bool TryApply(ConfigNode node, ConfigFaults faults, out string text)
    {
        var isWhole = true;
        text = References().Replace(node.Shown, match =>
        {
            var value = Value(match);
            if (value is null)
                faults.Add(node, "", Problem(match), Remedy(match));
            isWhole &= value is not null;
            return value ?? "";
        });
        return isWhole;
    }

    string? Value(Match match)
    {
        if (match.Value == "$${")
            return "${";
        if (!match.Groups["name"].Success)
            return null;
        var name = match.Groups["name"].Value;
        var value = environment.GetValueOrDefault(name) ?? dotEnv.GetValueOrDefault(name);
        // As in a shell: the default stands in for an empty variable too.
        return match.Groups["default"] is { Success: true } fallback && string.IsNullOrEmpty(value)
            ? fallback.Value
            : value;
    }

    static string Problem(Match match) =>
        match.Groups["name"] is { Success: true } name
            ? $"the environment variable {name.Value} is not set"
            : "'${' begins no variable";

    static string Remedy(Match match) =>
        match.Groups["name"] is { Success: true } name
            ? $"set it, put {name.Value}=… into the .env file beside this one, or write ${{{name.Value}:-default}}"
            : "${NAME}, ${NAME:-default}, or $${ for a literal ${";

    [GeneratedRegex(@"\$\$\{|\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(:-(?<default>[^}]*))?\}|\$\{")]
    private static partial Regex References();
}
