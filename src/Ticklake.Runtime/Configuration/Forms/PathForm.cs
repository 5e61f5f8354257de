using System.Text.Json.Nodes;

namespace Ticklake.Runtime.Configuration.Forms;

/// <summary>A path. <c>~</c> is refused: only shells know it, and a folder of that name would be created.</summary>
sealed class PathForm : ScalarForm<string>
{
    public override string Allowed => "the path of a folder that can be written, with ${HOME} for ~";

    public override JsonObject Schema => new() { ["type"] = "string", ["minLength"] = 1 };

    protected override bool TryRead(string text, out string value)
    {
        value = text;
        return !string.IsNullOrWhiteSpace(text) && text[0] != '~';
    }

    public override string Write(string value) => value;
}
