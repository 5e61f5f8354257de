using System.Text.Json.Nodes;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Sessions;

namespace Ticklake.Runtime.Configuration.Forms;

/// <summary>A map of channels to durations or <c>off</c>; what it does not name keeps its default.</summary>
sealed class SilenceForm(TimeSpan min, TimeSpan max) : ValueForm<SilenceLimits>
{
    const string Off = "off";

    static readonly Channel[] Watchable = [.. Enum.GetValues<Channel>().Where(c => c != Channel.Controls)];

    public override string Allowed =>
        $"a map of {string.Join(", ", Watchable.Select(c => c.Name()))} to {Off}, or a duration from "
        + $"{DurationForm.Text(min)} to {DurationForm.Text(max)}";

    public override JsonObject Schema => new()
    {
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject(
            [.. Watchable.Select(c => KeyValuePair.Create(c.Name(), (JsonNode?)Limit()))]),
    };

    public override bool TryRead(ConfigNode node, out SilenceLimits value)
    {
        value = SilenceLimits.Default;
        foreach (var entry in node.Entries)
        {
            if (!TryRead(entry, out var channel, out var limit))
                return false;
            value = value.With(channel, limit);
        }

        return node.Kind == ConfigNodeKind.Map;
    }

    public override ConfigNode Blame(ConfigNode node) =>
        node.Entries.FirstOrDefault(e => !TryRead(e, out _, out _))?.Value ?? node;

    public override string Write(SilenceLimits value) =>
        $"{{{string.Join(", ", value.All.OrderBy(l => l.Key).Select(l => $"{l.Key.Name()}: {DurationForm.Text(l.Value)}"))}}}";

    bool TryRead(ConfigEntry entry, out Channel channel, out TimeSpan? limit)
    {
        limit = null;
        if (!ChannelNames.TryParse(entry.Name, out channel) || channel == Channel.Controls
            || entry.Value.Kind != ConfigNodeKind.Scalar)
            return false;
        if (entry.Value.Text == Off)
            return true;
        if (!DurationForm.TryParse(entry.Value.Text, out var duration) || duration < min || duration > max)
            return false;
        limit = duration;
        return true;
    }

    static JsonObject Limit() => new()
    {
        ["type"] = "string",
        ["pattern"] = $@"^({Off}|{DurationForm.Shape})$|\$\{{",
    };
}
