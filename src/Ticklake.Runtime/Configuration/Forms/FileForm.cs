using System.Text.Json.Nodes;

namespace Ticklake.Runtime.Configuration.Forms;

/// <summary>The path of a file that is read.</summary>
sealed class FileForm : ScalarForm<string?>
{
    public override string Allowed => "the path of a file, with ${HOME} for ~";

    public override JsonObject Schema => new() { ["type"] = "string", ["minLength"] = 1 };

    protected override bool TryRead(string text, out string? value)
    {
        value = text;
        return !string.IsNullOrWhiteSpace(text) && text[0] != '~';
    }

    public override string Write(string? value) => value ?? "";
}
