using System.Text.Json.Nodes;
using Ticklake.Stores.Segments;

namespace Ticklake.Runtime.Configuration.Forms;

/// <summary>The layout of segments: a preset's name, or a template of a person's own.</summary>
sealed class LayoutForm : ScalarForm<SegmentLayout>
{
    static readonly string[] Presets = [.. SegmentLayout.All.Select(x => x.Name)];

    public override string Allowed => $"{string.Join(", ", Presets)}, or a template such as "
        + "\"{exchange}/{channel}/{symbol}/{yyyy}-{MM}-{dd}/{start}.{ext}\"";

    public override JsonObject Schema => Pattern($"{string.Join('|', Presets)}|.*\\{{.*");

    protected override bool TryRead(string text, out SegmentLayout value)
    {
        value = SegmentLayout.Daily;
        try
        {
            value = SegmentLayout.Parse(text);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    public override string? Reason(ConfigNode node)
    {
        // What a variable holds is shown in no message.
        if (node.Kind != ConfigNodeKind.Scalar || node.IsEmpty || node.Text != node.Shown)
            return null;
        try
        {
            SegmentLayout.Parse(node.Text);
            return null;
        }
        catch (UnknownPlaceholderException fault)
        {
            return fault.Message + Suggestion.For(fault.Name, SegmentLayout.Placeholders);
        }
        catch (FormatException fault)
        {
            return fault.Message + Suggestion.For(node.Text, Presets);
        }
    }

    public override string Write(SegmentLayout value) => value.Name;
}
