using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Ticklake.Runtime.Configuration;

/// <summary>
/// Reads YAML into <see cref="ConfigNode"/>s. Goes through the parser's events and not through an object mapper,
/// because a fault must know its line, and a duplicate key must be one fault among others and not the end of reading.
/// </summary>
sealed class YamlTree
{
    readonly Substitution _substitution;
    readonly ConfigFaults _faults;
    readonly Dictionary<AnchorName, ConfigNode> _anchors = [];
    readonly Parser _parser;

    YamlTree(string text, Substitution substitution, ConfigFaults faults)
    {
        _substitution = substitution;
        _faults = faults;
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>The document's root, or null where it is empty or no YAML (then there is a fault).</summary>
    public static ConfigNode? Parse(string text, Substitution substitution, ConfigFaults faults)
    {
        try
        {
            return new YamlTree(text, substitution, faults).ReadDocument();
        }
        catch (YamlException e)
        {
            faults.Add(new ConfigFault(
                faults.File, (int)e.Start.Line, (int)e.Start.Column, "", $"not readable as YAML: {e.Message}"));
            return null;
        }
    }

    ConfigNode? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
            return null;
        _parser.Consume<DocumentStart>();
        var root = ReadNode();
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out var second))
        {
            _faults.Add(new ConfigFault(
                _faults.File, (int)second.Start.Line, (int)second.Start.Column, "",
                "a second YAML document begins here", "one document per file"));
        }

        return root;
    }

    ConfigNode ReadNode()
    {
        if (_parser.TryConsume<AnchorAlias>(out var alias))
            return Resolve(alias);
        if (_parser.TryConsume<Scalar>(out var scalar))
            return Remember(scalar, ReadScalar(scalar));
        if (_parser.TryConsume<SequenceStart>(out var list))
            return Remember(list, ReadList(list));
        var map = _parser.Consume<MappingStart>();
        return Remember(map, ReadMap(map));
    }

    ConfigNode ReadScalar(Scalar scalar)
    {
        var node = new ConfigNode(ConfigNodeKind.Scalar, (int)scalar.Start.Line, (int)scalar.Start.Column)
        {
            Shown = scalar.Value,
            IsEmpty = scalar.Style == ScalarStyle.Plain && scalar.Value is "" or "~" or "null",
        };
        return _substitution.TryApply(node, _faults, out var text)
            ? node with { Text = text }
            : node with { IsBroken = true };
    }

    ConfigNode ReadList(SequenceStart start)
    {
        var items = new List<ConfigNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
            items.Add(ReadNode());
        return new ConfigNode(ConfigNodeKind.List, (int)start.Start.Line, (int)start.Start.Column) { Items = items };
    }

    ConfigNode ReadMap(MappingStart start)
    {
        var entries = new List<ConfigEntry>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var name = _parser.Consume<Scalar>();
            var entry = new ConfigEntry(name.Value, (int)name.Start.Line, (int)name.Start.Column, ReadNode());
            if (entries.Find(e => e.Name == entry.Name) is { } first)
                _faults.Add(entry, entry.Name, $"stands here a second time; it is already on line {first.Line}");
            else
                entries.Add(entry);
        }

        return new ConfigNode(ConfigNodeKind.Map, (int)start.Start.Line, (int)start.Start.Column) { Entries = entries };
    }

    ConfigNode Remember(NodeEvent source, ConfigNode node)
    {
        if (!source.Anchor.IsEmpty)
            _anchors[source.Anchor] = node;
        return node;
    }

    ConfigNode Resolve(AnchorAlias alias)
    {
        if (_anchors.TryGetValue(alias.Value, out var node))
            return node;
        throw new YamlException(alias.Start, alias.End, $"*{alias.Value} stands for nothing before it");
    }
}
