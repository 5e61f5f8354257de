using System.Text.Json.Nodes;

namespace Ticklake.Runtime.Configuration.Forms;

/// <summary>Whether something is done.</summary>
sealed class SwitchForm : ScalarForm<bool>
{
    public override string Allowed => "true or false";

    public override JsonObject Schema => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["type"] = "boolean" }, new JsonObject { ["type"] = "string", ["pattern"] = @"\$\{" }),
    };

    protected override bool TryRead(string text, out bool value)
    {
        value = text == "true";
        return value || text == "false";
    }

    public override string Write(bool value) => value ? "true" : "false";
}
