using System.Text.Json.Nodes;

namespace Ticklake.Runtime.Configuration.Forms;

/// <summary>One of an enumeration's names, in lower case.</summary>
sealed class ChoiceForm<T> : ScalarForm<T>
    where T : struct, Enum
{
    static readonly string[] Names = [.. Enum.GetNames<T>().Select(n => n.ToLowerInvariant())];

    public override string Allowed => string.Join(", ", Names);

    public override JsonObject Schema => Pattern(string.Join('|', Names));

    protected override bool TryRead(string text, out T value)
    {
        var index = Array.IndexOf(Names, text);
        value = index < 0 ? default : Enum.GetValues<T>()[index];
        return index >= 0;
    }

    public override string Write(T value) => value.ToString().ToLowerInvariant();
}
