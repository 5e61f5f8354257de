using System.Net;
using System.Net.Sockets;

namespace Ticklake.Runtime.Configuration;

/// <summary>Reads <c>network:</c> and the file it names.</summary>
sealed class NetworkSection(ConfigFaults faults, Substitution substitution, string folder)
{
    public const string Key = "network";
    public const string AddressesKey = "addresses";
    public const string ShardsKey = "ip_shards";

    public NetworkOptions Read(ConfigNode root)
    {
        var node = root.Find(Key)?.Value;
        var options = ConfigTable.Network.Read(node, Key, [], faults);
        if (node?.Find(AddressesKey) is { } addresses && options.Addresses.Count > 0)
            CheckAddresses(addresses.Value);
        return options.ShardFile is null ? options : options with { Shards = ReadShards(node!.Find(ShardsKey)!.Value, options) };
    }

    void CheckAddresses(ConfigNode node)
    {
        var path = MapShape.Join(Key, AddressesKey);
        var seen = new HashSet<IPAddress>();
        foreach (var item in node.Kind == ConfigNodeKind.List ? node.Items : [node])
        {
            var address = IPAddress.Parse(item.Text);
            if (!seen.Add(address))
                faults.Add(item, path, $"'{item.Shown}' stands here twice");
            else if (Problem(address) is { } problem)
                faults.Add(item, path, $"'{item.Shown}' {problem}", "an address that an interface of this machine has (ip address)");
        }
    }

    static string? Problem(IPAddress address)
    {
        if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
            return "stands for every address";
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, 0));
            return null;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.AddressNotAvailable
                ? "is no address of this machine" : $"cannot be used: {e.Message}";
        }
    }

    AddressShards ReadShards(ConfigNode node, NetworkOptions options)
    {
        var path = MapShape.Join(Key, ShardsKey);
        if (node.IsBroken)
            return AddressShards.None;
        if (options.Addresses.Count == 0)
        {
            faults.Add(node, path, "assigns symbols to addresses, but there are none", $"with {Key}.{AddressesKey} beside it");
            return AddressShards.None;
        }

        var file = Path.GetFullPath(options.ShardFile!, folder);
        try
        {
            return new ShardFile(file, substitution, options.Addresses).Read(File.ReadAllText(file), faults);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var reason = e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : $"cannot be read: {e.Message}";
            faults.Add(node, path, $"'{node.Shown}': {reason}");
            return AddressShards.None;
        }
    }
}
