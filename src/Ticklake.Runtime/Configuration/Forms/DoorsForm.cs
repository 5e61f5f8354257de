using System.Text.Json.Nodes;

namespace Ticklake.Runtime.Configuration.Forms;

/// <summary>A map of a market's other sockets, by name, to their addresses.</summary>
sealed class DoorsForm : ValueForm<IReadOnlyDictionary<string, Uri>>
{
    static readonly AddressForm Address = new("ws", "wss");

    public override string Allowed => $"a map of names of sockets, each to {Address.Allowed}";

    public override JsonObject Schema => new() { ["type"] = "object", ["additionalProperties"] = Address.Schema };

    public override bool TryRead(ConfigNode node, out IReadOnlyDictionary<string, Uri> value)
    {
        var doors = new Dictionary<string, Uri>();
        value = doors;
        if (node.Kind != ConfigNodeKind.Map)
            return false;
        foreach (var entry in node.Entries)
        {
            if (!Address.TryRead(entry.Value, out var address) || !doors.TryAdd(entry.Name, address!))
                return false;
        }

        return true;
    }

    public override ConfigNode Blame(ConfigNode node) =>
        node.Entries.FirstOrDefault(e => !Address.TryRead(e.Value, out _))?.Value ?? node;

    public override string Write(IReadOnlyDictionary<string, Uri> value) => "";
}
