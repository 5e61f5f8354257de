using System.Net;

namespace Ticklake.Runtime.Configuration;

/// <summary>Reads the YAML file of addresses and the symbols that leave from each.</summary>
sealed class ShardFile(string file, Substitution substitution, IReadOnlyList<IPAddress> addresses)
{
    readonly ConfigFaults _faults = new(file);
    readonly Dictionary<string, (IPAddress Address, int Line)> _shards = new(StringComparer.Ordinal);

    public AddressShards Read(string text, ConfigFaults faults)
    {
        var root = YamlTree.Parse(text, substitution, _faults) ?? new ConfigNode(ConfigNodeKind.Map, 0, 0);
        if (root.Kind == ConfigNodeKind.Map)
        {
            foreach (var entry in root.Entries)
                ReadEntry(entry);
        }
        else
            _faults.Add(root, "", root.Described, "addresses, each with a list of symbols");
        foreach (var fault in _faults.InOrder)
            faults.Add(fault);
        return new AddressShards(_shards.ToDictionary(s => s.Key, s => s.Value.Address, StringComparer.Ordinal));
    }

    void ReadEntry(ConfigEntry entry)
    {
        if (!IPAddress.TryParse(entry.Name, out var address) || !addresses.Contains(address))
        {
            _faults.Add(entry, "", $"'{entry.Name}' is not one of network.addresses", string.Join(", ", addresses));
            return;
        }

        foreach (var item in entry.Value.Kind == ConfigNodeKind.List ? entry.Value.Items : [entry.Value])
        {
            if (item.Kind != ConfigNodeKind.Scalar || item.IsEmpty)
                _faults.Add(item, entry.Name, item.Described, "a symbol: BTCUSDT, binance:BTCUSDT or binance/usdm:BTCUSDT");
            else if (!item.IsBroken && !_shards.TryAdd(item.Text, (address, item.Line)))
                Refuse(item, entry.Name, address);
        }
    }

    void Refuse(ConfigNode item, string address, IPAddress own)
    {
        var (other, line) = _shards[item.Text];
        _faults.Add(
            item, address,
            other.Equals(own) ? $"'{item.Shown}' stands here twice; it is already on line {line}"
                : $"'{item.Shown}' has another address already: {other} on line {line}");
    }
}
