using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ticklake.Exchanges;

namespace Ticklake.Runtime.Configuration;

/// <summary>Writes the JSON schema of ticklake.yml, by which editors complete and check it while one types.</summary>
public static class ConfigSchema
{
    static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The schema, draft 2020-12.</summary>
    public static string Write()
    {
        var properties = Properties(ConfigTable.Root);
        properties[ExchangesSection.Key] = Group(
            "What to record.", [.. ExchangeCatalog.All.Select(e => (e.Id, ExchangeSchema(e)))]);
        foreach (var section in ConfigTable.TopSections)
            properties[section.Name] = Of(section);
        var schema = Closed("Configuration of the Ticklake recorder.", properties);
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", ConfigLoader.FileName);
        schema["$defs"] = new JsonObject { ["streams"] = Streams(), ["values"] = OneOrMore(Scalar()) };
        return schema.ToJsonString(Indented) + "\n";
    }

    /// <summary>The schema of a section that stands within another.</summary>
    internal static JsonObject Of(ConfigSection section) => Closed(section.Help, Properties(section));

    static JsonObject ExchangeSchema(IExchange exchange)
    {
        var names = exchange.Markets.Select(m => m.Market).ToArray();
        var single = MarketProperties();
        single[ExchangesSection.MarketKey] = Names(names);
        var several = Group(
            "Several markets of the exchange.",
            [.. names.Select(n => (
                n, Required(Closed("One market.", MarketProperties()), ExchangesSection.StreamsKey)))]);
        return new JsonObject
        {
            ["oneOf"] = new JsonArray(
                Required(Closed("One market.", single), ExchangesSection.StreamsKey),
                Required(
                    Closed("Several markets.", new JsonObject { [ExchangesSection.MarketsKey] = several }),
                    ExchangesSection.MarketsKey)),
        };
    }

    static JsonObject MarketProperties()
    {
        var properties = Properties(ConfigTable.Market);
        properties[ExchangesSection.StreamsKey] = new JsonObject { ["$ref"] = "#/$defs/streams" };
        return properties;
    }

    static JsonObject Streams()
    {
        var properties = new JsonObject
        {
            [StreamsSection.ChannelKey] = OneOrMore(Names(StreamsSection.Channels)),
            [StreamsSection.SymbolsKey] = new JsonObject { ["$ref"] = "#/$defs/values" },
        };
        properties[StreamsSection.SelectKey] = SelectSection.Schema();
        foreach (var option in StreamOption.All)
        {
            properties[option.Name] = new JsonObject
            {
                ["$ref"] = "#/$defs/values",
                ["description"] = $"For {option.Channels}. {option.Help}",
            };
        }

        var item = Required(
            Closed("The wanted streams of some symbols.", properties),
            StreamsSection.ChannelKey);
        item["anyOf"] = new JsonArray(
            Required([], StreamsSection.SymbolsKey), Required([], StreamsSection.SelectKey));
        return new JsonObject { ["type"] = "array", ["items"] = item };
    }

    static JsonObject Properties(ConfigSection section) =>
        new(section.Settings.Select(s => KeyValuePair.Create<string, JsonNode?>(s.Name, s.Schema)));

    static JsonObject Group(string help, IReadOnlyList<(string Name, JsonObject Schema)> members) =>
        Closed(help, new JsonObject(members.Select(m => KeyValuePair.Create<string, JsonNode?>(m.Name, m.Schema))));

    static JsonObject Closed(string help, JsonObject properties) => new()
    {
        ["description"] = help,
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["properties"] = properties,
    };

    static JsonObject Required(JsonObject schema, params IEnumerable<string> names)
    {
        schema["required"] = new JsonArray([.. names.Select(n => JsonValue.Create(n))]);
        return schema;
    }

    static JsonObject Names(IEnumerable<string> names) =>
        new() { ["enum"] = new JsonArray([.. names.Select(n => JsonValue.Create(n))]) };

    static JsonObject Scalar() => new() { ["type"] = new JsonArray("string", "number", "boolean") };

    static JsonObject OneOrMore(JsonObject value) => new()
    {
        ["oneOf"] = new JsonArray(
            value,
            new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = value.DeepClone() }),
    };
}
