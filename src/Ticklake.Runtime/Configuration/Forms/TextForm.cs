using System.Text.Json.Nodes;

namespace Ticklake.Runtime.Configuration.Forms;

/// <summary>Any text but an empty one.</summary>
sealed class TextForm(string allowed) : ScalarForm<string>
{
    public override string Allowed => allowed;

    public override JsonObject Schema => new() { ["type"] = "string", ["minLength"] = 1 };

    protected override bool TryRead(string text, out string value)
    {
        value = text;
        return !string.IsNullOrWhiteSpace(text);
    }

    public override string Write(string value) => value;
}
