using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Ticklake.Runtime.Configuration.Forms;

/// <summary>A list of IP addresses, or one.</summary>
sealed class LocalAddressesForm : ValueForm<IReadOnlyList<IPAddress>>
{
    public override string Allowed => "IP addresses of this machine";

    public override JsonObject Schema => new()
    {
        ["oneOf"] = new JsonArray(
            Text(), new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = Text(), ["uniqueItems"] = true }),
    };

    public override bool TryRead(ConfigNode node, out IReadOnlyList<IPAddress> value)
    {
        var items = ItemsOf(node);
        var isRight = items.Count > 0 && items.All(IsAddress);
        value = isRight ? [.. items.Select(i => IPAddress.Parse(i.Text))] : [];
        return isRight;
    }

    public override ConfigNode Blame(ConfigNode node) => ItemsOf(node).FirstOrDefault(i => !IsAddress(i)) ?? node;

    public override string Write(IReadOnlyList<IPAddress> value) => $"[{string.Join(", ", value)}]";

    static IReadOnlyList<ConfigNode> ItemsOf(ConfigNode node) => node.Kind == ConfigNodeKind.List ? node.Items : [node];

    // `5` and `10.0.0` are addresses to the parser, and mistakes to everybody else.
    static bool IsAddress(ConfigNode item) =>
        item.Kind == ConfigNodeKind.Scalar && IPAddress.TryParse(item.Text, out var address)
        && (address.AddressFamily == AddressFamily.InterNetworkV6 || address.ToString() == item.Text);

    static JsonObject Text() => new() { ["type"] = "string", ["minLength"] = 1 };
}
