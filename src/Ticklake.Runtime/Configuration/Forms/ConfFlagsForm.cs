using System.Text.Json.Nodes;

namespace Ticklake.Runtime.Configuration.Forms;

/// <summary>
/// A list of Bitfinex conf flags by name, read as their sum (docs.bitfinex.com, ws-general, "Conf event").
/// </summary>
sealed class ConfFlagsForm : ValueForm<long?>
{
    static readonly (string Name, long Value)[] Flags =
        [("timestamp", 32_768), ("sequence", 65_536), ("checksum", 131_072), ("bulk", 536_870_912)];

    public override string Allowed => $"a list of {string.Join(", ", Flags.Select(f => f.Name))}";

    public override JsonObject Schema => new()
    {
        ["type"] = "array",
        ["items"] = new JsonObject { ["enum"] = new JsonArray([.. Flags.Select(f => JsonValue.Create(f.Name))]) },
        ["uniqueItems"] = true,
    };

    public override bool TryRead(ConfigNode node, out long? value)
    {
        var sum = 0L;
        foreach (var item in node.Items)
            sum |= Array.Find(Flags, f => f.Name == item.Text).Value;
        value = sum;
        return node.Kind == ConfigNodeKind.List && node.Items.All(IsFlag);
    }

    public override ConfigNode Blame(ConfigNode node) => node.Items.FirstOrDefault(i => !IsFlag(i)) ?? node;

    public override string Write(long? value) =>
        $"[{string.Join(", ", Flags.Where(f => (value & f.Value) != 0).Select(f => f.Name))}]";

    static bool IsFlag(ConfigNode item) => Array.Exists(Flags, f => f.Name == item.Text);
}
