using System.Globalization;
using System.Text.Json.Nodes;

namespace Ticklake.Runtime.Configuration.Forms;

/// <summary>A whole number within bounds.</summary>
sealed class IntegerForm(int min, int max) : ScalarForm<int>
{
    public override string Allowed =>
        string.Create(CultureInfo.InvariantCulture, $"a whole number from {min} to {max}");

    public override JsonObject Schema => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["type"] = "integer", ["minimum"] = min, ["maximum"] = max },
            new JsonObject { ["type"] = "string", ["pattern"] = @"\$\{" }),
    };

    protected override bool TryRead(string text, out int value) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
        && value >= min && value <= max;

    public override string Write(int value) => value.ToString(CultureInfo.InvariantCulture);
}
