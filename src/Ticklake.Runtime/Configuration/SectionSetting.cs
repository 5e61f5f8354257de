using System.Text.Json.Nodes;

namespace Ticklake.Runtime.Configuration;

/// <summary>A section within a section.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Section">What may stand in it.</param>
/// <param name="With">The outer options with the inner ones.</param>
sealed record SectionSetting<TOptions, TPart>(
    string Name, ConfigSection<TPart> Section, Func<TOptions, TPart, TOptions> With)
    : Setting<TOptions>(Name, Section.Help)
    where TPart : new()
{
    public override string Allowed => $"a map of {string.Join(", ", Section.Settings.Select(s => s.Name))}";

    public override string Default => "";

    public override JsonObject Schema => ConfigSchema.Of(Section);

    public override IReadOnlyList<Setting> Parts => Section.Settings;

    public override TOptions Read(ConfigNode node, string path, TOptions options, ConfigFaults faults) =>
        With(options, Section.Read(node, path, [], faults));
}
