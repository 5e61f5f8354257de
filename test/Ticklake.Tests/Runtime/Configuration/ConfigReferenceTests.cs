using System.Text.Json;
using Shouldly;
using Ticklake.Runtime.Configuration;
using Ticklake.Tests.Repository;
using Xunit;

namespace Ticklake.Tests.Runtime.Configuration;

public sealed class ConfigReferenceTests
{
    [Fact]
    public void The_reference_page_is_what_the_table_of_settings_says() =>
        Approved.Check("docs/configuration.md", ConfigReference.Write());

    [Fact]
    public void The_schema_is_what_the_table_of_settings_says() =>
        Approved.Check("docs/ticklake.schema.json", ConfigSchema.Write());

    [Fact]
    public void The_schema_refuses_unknown_keys_in_every_group()
    {
        using var schema = JsonDocument.Parse(ConfigSchema.Write());
        Groups(schema.RootElement).ShouldAllBe(g => !g.GetProperty("additionalProperties").GetBoolean());
    }

    [Fact]
    public void The_example_of_the_reference_page_loads()
    {
        var page = ConfigReference.Write();
        var start = page.IndexOf("```yaml\n", StringComparison.Ordinal) + "```yaml\n".Length;
        using var folder = new ConfigFolder();
        folder.Faults(page[start..page.IndexOf("```\n", start, StringComparison.Ordinal)]).ShouldBeEmpty();
    }

    static IEnumerable<JsonElement> Groups(JsonElement at)
    {
        if (at.ValueKind == JsonValueKind.Array)
            return at.EnumerateArray().SelectMany(Groups);
        if (at.ValueKind != JsonValueKind.Object)
            return [];
        var below = at.EnumerateObject().SelectMany(p => Groups(p.Value));
        return at.TryGetProperty("properties", out _) && at.TryGetProperty("type", out var type)
                && type.ToString() == "object"
            ? below.Prepend(at)
            : below;
    }
}
