using System.Globalization;
using System.Text.Json.Nodes;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Runtime.Selection;

namespace Ticklake.Runtime.Configuration;

/// <summary>One condition of <c>select:</c>.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Help">One or two sentences for the reference page and the schema.</param>
sealed record SelectCondition(string Name, string Help);

/// <summary>Reads the <c>select:</c> of a stream entry, and its patterns, to a rule.</summary>
sealed class SelectSection(IExchange exchange, MarketId market, ConfigFaults faults)
{
    const string Base = "base";
    const string Quote = "quote";
    const string Kind = "kind";
    const string Status = "status";
    const string Top = "top";
    const string By = "by";
    const string Except = "except";
    const string Volume = "volume";
    const string Any = "any";
    const int MostTop = 10_000;

    static readonly string[] Kinds = ["spot", "perpetual", "future", "funding"];

    static readonly string TopAllowed = string.Create(CultureInfo.InvariantCulture, $"a whole number from 1 to {MostTop}");

    public static IReadOnlyList<SelectCondition> Conditions { get; } =
    [
        new(Base, "The base currency in the usual spelling, or a list: `BTC`."),
        new(Quote, "The quote currency, or a list: `USDT`."),
        new(Kind, "`spot`, `perpetual`, `future`, `funding`, or a list."),
        new(Status, "The exchange's own words for the status, or `any`; by default what trades."),
        new(Top, "Only so many, the first by volume of those for which the rest holds."),
        new(By, "What `top` goes by: `volume`, that of 24 hours in the quote currency, read from the exchange's tickers."),
        new(Except, "Symbols and patterns that are left out."),
    ];

    public static JsonObject Schema()
    {
        var properties = new JsonObject();
        foreach (var condition in Conditions)
        {
            properties[condition.Name] = condition.Name switch
            {
                Top => new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = MostTop },
                By => new JsonObject { ["enum"] = new JsonArray(Volume) },
                _ => new JsonObject { ["$ref"] = "#/$defs/values" },
            };
            properties[condition.Name]!.AsObject()["description"] = condition.Help;
        }

        return new JsonObject
        {
            ["description"] = "Takes every instrument of the exchange's list for which all of this holds.",
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = properties,
        };
    }

    public SelectionRule Read(
        ConfigEntry? select, string path, IReadOnlyList<StreamTemplate> templates, IReadOnlyList<ConfigNode> patterns)
    {
        var rule = new SelectionRule { Templates = templates, Patterns = [.. patterns.Select(p => new SymbolPattern(p.Text))] };
        if (select is null || !MapShape.Check(select.Value, path, faults))
            return rule;
        foreach (var entry in select.Value.Entries)
            rule = Read(entry, MapShape.Join(path, entry.Name), rule);
        if (select.Value.Find(Top) is null && select.Value.Find(By) is { } by)
            faults.Add(by, MapShape.Join(path, By), $"means nothing without '{Top}'", $"add '{Top}: 50', or leave '{By}' out");
        return rule;
    }

    SelectionRule Read(ConfigEntry entry, string path, SelectionRule rule)
    {
        switch (entry.Name)
        {
            case Base:
                return rule with { Bases = Texts(entry, path, "currencies like BTC") };
            case Quote:
                return rule with { Quotes = Texts(entry, path, "currencies like USDT") };
            case Kind:
                return rule with { Kinds = Texts(entry, path, string.Join(", ", Kinds), Kinds) };
            case Status:
                var statuses = Texts(entry, path, StatusesAllowed());
                return rule with { Statuses = statuses.Contains(Any) ? [] : statuses };
            case Except:
                return rule with { Except = [.. Texts(entry, path, "symbols, or patterns like \"*UPUSDT\"").Select(t => new SymbolPattern(t))] };
            case Top:
                return rule with { Top = ReadTop(entry, path) };
            case By:
                Texts(entry, path, Volume, Volume);
                return rule;
            default:
                MapShape.Refuse(entry, path[..^(entry.Name.Length + 1)], [.. Conditions.Select(c => c.Name)], faults);
                return rule;
        }
    }

    int? ReadTop(ConfigEntry entry, string path)
    {
        var node = entry.Value;
        if (node.Kind != ConfigNodeKind.Scalar
            || !int.TryParse(node.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var top) || top is < 1 or > MostTop)
        {
            if (!node.IsBroken)
                faults.Add(node, path, node.Described, TopAllowed);
            return null;
        }

        if (exchange.ListingOf(market)?.Volumes is null)
            faults.Add(entry, path, $"no request of {market} gives the volumes of all symbols", "patterns, base, quote, kind");
        return top;
    }

    string StatusesAllowed() => exchange.ListingOf(market) is { TradingStatuses: { Count: > 0 } words }
        ? $"{Any}, or the exchange's own words like {string.Join(", ", words)}"
        : $"{Any}, or the exchange's own words";

    List<string> Texts(ConfigEntry entry, string path, string allowed, params string[] known)
    {
        var node = entry.Value;
        IReadOnlyList<ConfigNode> items = node.Kind == ConfigNodeKind.List ? node.Items : [node];
        var good = new List<string>();
        foreach (var item in items)
        {
            var isText = item.Kind == ConfigNodeKind.Scalar && !item.IsEmpty && item.Text.Length > 0;
            if (isText && (known.Length == 0 || known.Contains(item.Text)))
                good.Add(item.Text);
            else if (!item.IsBroken)
                faults.Add(item, path, item.Described, allowed);
        }

        if (items.Count == 0)
            faults.Add(node, path, "the list is empty", allowed);
        return good;
    }
}
