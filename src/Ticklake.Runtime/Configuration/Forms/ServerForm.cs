using System.Text.Json.Nodes;

namespace Ticklake.Runtime.Configuration.Forms;

/// <summary>The name of a recorder as it stands in paths: the same on every disk, whatever letters it tells apart.</summary>
sealed class ServerForm : ScalarForm<string?>
{
    const int Longest = 64;

    public override string Allowed => "a name of lower-case letters, digits, '-' and '_', at most 64 of them";

    public override JsonObject Schema => Pattern("[a-z0-9_-]{1,64}");

    protected override bool TryRead(string text, out string? value)
    {
        value = text;
        return text.Length is > 0 and <= Longest
            && text.All(x => char.IsAsciiLetterLower(x) || char.IsAsciiDigit(x) || x is '-' or '_');
    }

    public override string Write(string? value) => value ?? "";
}
