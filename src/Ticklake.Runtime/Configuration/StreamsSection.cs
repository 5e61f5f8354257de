using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Runtime.Pipeline;
using Ticklake.Runtime.Selection;

namespace Ticklake.Runtime.Configuration;

/// <summary>
/// Reads a market's <c>streams:</c>. The exchange itself judges every stream; here each answer gets its line.
/// </summary>
sealed class StreamsSection(IExchange exchange, MarketId market, ConfigFaults faults)
{
    public const string ChannelKey = "channel";
    public const string SymbolsKey = "symbols";
    public const string SelectKey = "select";

    /// <summary>Not a stream one can ask for: the recorder writes it of itself.</summary>
    public static readonly IReadOnlyList<string> Channels =
        [.. ChannelNames.All.Where(n => n != Channel.Controls.Name())];

    readonly WantedOnce _once = new(faults);
    readonly List<StreamKey> _keys = [];
    readonly PolledSection _polled = new(exchange, market, faults);
    readonly DerivedSection _derived = new(exchange, market, faults);
    readonly List<SelectionRule> _rules = [];

    /// <summary>What is asked for by REST, once the list is read.</summary>
    public IReadOnlyList<PolledDepth> Polled => _polled.Polls;

    /// <summary>Streams to be made from the books among those that <see cref="Read"/> gave.</summary>
    public IReadOnlyList<DerivedStream> Derived { get; private set; } = [];

    /// <summary>What is wanted of symbols that are not named, in the order of the file.</summary>
    public IReadOnlyList<SelectionRule> Rules => _rules;

    /// <summary>Every wanted stream once, in the order of the file.</summary>
    public IReadOnlyList<StreamKey> Read(ConfigNode node, string path)
    {
        if (node.Kind != ConfigNodeKind.List)
        {
            faults.Add(node, path, node.Described, "a list of streams, each with 'channel' and 'symbols'");
            return [];
        }

        for (var i = 0; i < node.Items.Count; i++)
            ReadItem(node.Items[i], $"{path}[{i}]");
        Derived = _derived.Resolve(_keys);
        return _keys;
    }

    void ReadItem(ConfigNode item, string path)
    {
        if (!MapShape.Check(item, path, faults))
            return;
        var channels = Values(item, ChannelKey, path, string.Join(", ", Channels));
        var select = item.Find(SelectKey);
        var symbols = select is not null && item.Find(SymbolsKey) is null
            ? []
            : Values(item, SymbolsKey, path, "a list of the exchange's own symbols, or of patterns like \"*USDT\"");
        var options = new List<(string Name, IReadOnlyList<ConfigNode> Values)>();
        foreach (var entry in item.Entries.Where(e => e.Name is not (ChannelKey or SymbolsKey or SelectKey)))
        {
            if (StreamOption.Find(entry.Name) is null)
                MapShape.Refuse(entry, path, [ChannelKey, SymbolsKey, SelectKey, .. StreamOption.All.Select(o => o.Name)], faults);
            else
            {
                var optionPath = MapShape.Join(path, entry.Name);
                options.Add((entry.Name, Scalars(entry.Value, optionPath, "a value or a list of values")));
            }
        }

        var named = symbols.Where(s => !SymbolPattern.IsPattern(s.Text)).ToList();
        var patterns = symbols.Except(named).ToList();
        var isRule = select is not null || patterns.Count > 0;
        var templates = new List<StreamTemplate>();
        foreach (var channel in channels)
        {
            if (!ChannelNames.TryParse(channel.Text, out var parsed) || parsed == Channel.Controls)
            {
                faults.Add(
                    channel, MapShape.Join(path, ChannelKey),
                    $"there is no channel '{channel.Shown}' to record{Suggestion.For(channel.Shown, Channels)}",
                    string.Join(", ", Channels));
                continue;
            }

            foreach (var symbol in named)
            {
                foreach (var choice in Choices(options))
                    AddStream(new WantedStream(parsed, channel, symbol, choice), path);
            }

            if (isRule)
                templates.AddRange(Choices(options).Select(c => Template(new WantedStream(parsed, channel, Example(item), c), path)));
        }

        if (isRule)
            _rules.Add(new SelectSection(exchange, market, faults).Read(select, MapShape.Join(path, SelectKey), templates, patterns));
    }

    ConfigNode Example(ConfigNode item)
    {
        var symbol = exchange.ListingOf(market)?.ExampleSymbol ?? "";
        return new ConfigNode(ConfigNodeKind.Scalar, item.Line, item.Column) { Text = symbol, Shown = symbol };
    }

    /// <summary>Channel and options are tried on a symbol that the exchange is known to have.</summary>
    StreamTemplate Template(WantedStream wanted, string path)
    {
        StreamKey? derived = null;
        if (_polled.RefuseRule(wanted, path) || _derived.TakeTemplate(ref wanted, path, out derived))
            return new StreamTemplate(wanted.Channel, wanted.Request.Options) { Derived = derived };
        if (wanted.Symbol.Text.Length > 0 && !exchange.TryParseStream(market, wanted.Request, out _, out var fault))
        {
            var (setting, node, problem) = wanted.Blame(fault ?? "the exchange does not offer this stream");
            faults.Add(node, MapShape.Join(path, setting), problem);
        }

        return new StreamTemplate(wanted.Channel, wanted.Request.Options);
    }

    void AddStream(WantedStream wanted, string path)
    {
        if (_polled.Take(wanted, path) || _derived.Take(ref wanted, path))
            return;
        if (!exchange.TryParseStream(market, wanted.Request, out var key, out var fault) || key is null)
        {
            var (setting, node, problem) = wanted.Blame(fault ?? "the exchange does not offer this stream");
            faults.Add(node, MapShape.Join(path, setting), problem);
        }
        else if (_once.TryAdd(key, wanted, path))
        {
            _keys.Add(key);
        }
    }

    List<ConfigNode> Values(ConfigNode item, string name, string path, string allowed)
    {
        if (item.Find(name) is { } entry)
            return Scalars(entry.Value, MapShape.Join(path, name), allowed);
        faults.Add(item, path, $"'{name}' is missing", allowed);
        return [];
    }

    /// <summary>A scalar, or the scalars of a list.</summary>
    List<ConfigNode> Scalars(ConfigNode node, string path, string allowed)
    {
        var good = new List<ConfigNode>();
        IReadOnlyList<ConfigNode> items = node.Kind == ConfigNodeKind.List ? node.Items : [node];
        foreach (var item in items)
        {
            if (item.Kind == ConfigNodeKind.Scalar && !item.IsEmpty && item.Text.Length > 0)
                good.Add(item);
            else if (!item.IsBroken)
                faults.Add(item, path, item.Described, allowed);
        }

        if (items.Count == 0)
            faults.Add(node, path, "the list is empty", allowed);
        return good;
    }

    /// <summary>One option map for each combination: a list makes one stream each.</summary>
    static IEnumerable<IReadOnlyDictionary<string, ConfigNode>> Choices(
        IReadOnlyList<(string Name, IReadOnlyList<ConfigNode> Values)> options)
    {
        IEnumerable<Dictionary<string, ConfigNode>> choices = [[]];
        foreach (var (name, values) in options)
            choices = choices.SelectMany(c => values.Select(v => new Dictionary<string, ConfigNode>(c) { [name] = v }));
        return choices;
    }
}
