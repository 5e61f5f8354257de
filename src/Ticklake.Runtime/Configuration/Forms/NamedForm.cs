using System.Text.Json.Nodes;

namespace Ticklake.Runtime.Configuration.Forms;

/// <summary>One of a few values, each with a name.</summary>
sealed class NamedForm<T>(IReadOnlyList<T> values, Func<T, string> name) : ScalarForm<T>
{
    readonly string[] _names = [.. values.Select(name)];

    public override string Allowed => string.Join(", ", _names);

    public override JsonObject Schema => Pattern(string.Join('|', _names));

    protected override bool TryRead(string text, out T value)
    {
        var index = Array.IndexOf(_names, text);
        value = index < 0 ? default! : values[index];
        return index >= 0;
    }

    public override string Write(T value) => name(value);
}

/// <summary>The names of an enumeration, in lower case.</summary>
static class EnumForm
{
    public static NamedForm<T> Of<T>()
        where T : struct, Enum => new(Enum.GetValues<T>(), v => v.ToString().ToLowerInvariant());
}
