using System.Globalization;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Runtime.Sessions;

namespace Ticklake.Runtime.Configuration;

/// <summary>Reads <c>exchanges:</c>: one market each, or several under <c>markets:</c>.</summary>
sealed class ExchangesSection(ConfigFaults faults, NetworkOptions network)
{
    public const string Key = "exchanges";
    public const string MarketKey = "market";
    public const string MarketsKey = "markets";
    public const string StreamsKey = "streams";

    const string BitfinexId = "bitfinex";

    // docs.bitfinex.com (ws-public) says 25; bitfinex-api-node and others use 30, beyond which error 10305 comes.
    const int BitfinexMaxStreams = 30;

    readonly List<MarketOptions> _markets = [];

    public IReadOnlyList<MarketOptions> Read(ConfigNode node)
    {
        if (!MapShape.Check(node, Key, faults))
            return [];
        foreach (var entry in node.Entries)
        {
            var path = MapShape.Join(Key, entry.Name);
            if (ExchangeCatalog.Find(entry.Name) is { } exchange)
            {
                ReadExchange(exchange, entry, path);
                continue;
            }

            var ids = ExchangeCatalog.All.Select(e => e.Id).ToArray();
            faults.Add(
                entry, path, $"there is no such exchange{Suggestion.For(entry.Name, ids)}", string.Join(", ", ids));
        }

        if (node.Entries.Count == 0)
            faults.Add(node, Key, "there is nothing to record", "at least one exchange with streams");
        return _markets;
    }

    void ReadExchange(IExchange exchange, ConfigEntry entry, string path)
    {
        if (!MapShape.Check(entry.Value, path, faults))
            return;
        if (entry.Value.Find(MarketsKey) is not { } markets)
        {
            var market = entry.Value.Find(MarketKey) is { } named
                ? MarketNamed(exchange, named.Value, MapShape.Join(path, MarketKey))
                : exchange.Markets[0];
            ReadMarket(exchange, market, entry, path);
            return;
        }

        foreach (var other in entry.Value.Entries.Where(e => e != markets))
        {
            faults.Add(
                other, MapShape.Join(path, other.Name), $"cannot stand beside '{MarketsKey}'",
                $"move it into each market of '{MarketsKey}'");
        }

        ReadMarkets(exchange, markets.Value, MapShape.Join(path, MarketsKey));
    }

    void ReadMarkets(IExchange exchange, ConfigNode node, string path)
    {
        if (!MapShape.Check(node, path, faults))
            return;
        foreach (var entry in node.Entries)
        {
            var name = new ConfigNode(ConfigNodeKind.Scalar, entry.Line, entry.Column)
            {
                Text = entry.Name,
                Shown = entry.Name,
            };
            var marketPath = MapShape.Join(path, entry.Name);
            if (MarketNamed(exchange, name, marketPath) is { } market
                && MapShape.Check(entry.Value, marketPath, faults))
                ReadMarket(exchange, market, entry, marketPath);
        }
    }

    MarketId? MarketNamed(IExchange exchange, ConfigNode name, string path)
    {
        var market = exchange.Markets.FirstOrDefault(m => m.Market == name.Text);
        if (market is null)
        {
            var names = exchange.Markets.Select(m => m.Market).ToArray();
            faults.Add(
                name, path, $"{exchange.Id} has no market '{name.Shown}'{Suggestion.For(name.Shown, names)}",
                string.Join(", ", names));
        }

        return market;
    }

    /// <summary>With an unknown market the rest is still read, so that its faults are told at the same time.</summary>
    void ReadMarket(IExchange exchange, MarketId? known, ConfigEntry entry, string path)
    {
        var market = known ?? exchange.Markets[0];
        var map = entry.Value;
        var overrides = ConfigTable.Market.Read(map, path, [MarketKey, StreamsKey], faults);
        CheckLimits(exchange, market, map, overrides, path);
        if (map.Find(StreamsKey) is not { } streams)
        {
            faults.Add(
                entry, path, $"'{StreamsKey}' is missing", "a list of streams, each with 'channel' and 'symbols'");
            return;
        }

        var own = exchange.DefaultEndpoints(market);
        CheckDoors(own, entry, map, overrides, path);
        var section = new StreamsSection(exchange, market, faults);
        _markets.Add(new MarketOptions
        {
            Exchange = exchange,
            Market = market,
            Endpoints = new ExchangeEndpoints(overrides.WebSocket ?? own.WebSocket, overrides.Rest ?? own.Rest)
            {
                OtherDoors = own.OtherDoors.ToDictionary(d => d.Key, d => overrides.Doors.GetValueOrDefault(d.Key, d.Value)),
            },
            Session = new SessionOptions(overrides.ConfFlags),
            Routes = new RouteChoice
            {
                Addresses = network.Addresses,
                Assigned = network.Shards.Of,
                Proxy = overrides.Proxy is { } chosen ? chosen.Address : network.Proxy,
                Offset = _markets.Count,
            },
            MaxStreamsPerConnection = overrides.MaxStreamsPerConnection ?? exchange.LimitsOf(market).StreamsPerConnection,
            Streams = section.Read(streams.Value, MapShape.Join(path, StreamsKey)),
            Derived = section.Derived,
            Polled = section.Polled,
        });
    }

    // Who records a simulator must not reach the exchange by another door.
    void CheckDoors(ExchangeEndpoints own, ConfigEntry entry, ConfigNode map, MarketOverrides overrides, string path)
    {
        const string DoorsKey = "doors";
        foreach (var door in map.Find(DoorsKey)?.Value.Entries ?? [])
        {
            if (!own.OtherDoors.ContainsKey(door.Name))
            {
                faults.Add(
                    door, MapShape.Join(path, DoorsKey),
                    $"there is no further socket '{door.Name}'{Suggestion.For(door.Name, own.OtherDoors.Keys)}",
                    own.OtherDoors.Count == 0 ? "none: this market has one socket" : string.Join(", ", own.OtherDoors.Keys));
            }
        }

        if (overrides.WebSocket is null || own.OtherDoors.Keys.All(overrides.Doors.ContainsKey))
            return;
        faults.Add(
            map.Find("websocket") ?? entry, MapShape.Join(path, DoorsKey),
            "the market has further sockets, and they are still the exchange's own",
            "an address for each of " + string.Join(", ", own.OtherDoors.Keys));
    }

    void CheckLimits(IExchange exchange, MarketId market, ConfigNode map, MarketOverrides overrides, string path)
    {
        if (exchange.Id != BitfinexId && map.Find("conf_flags") is { } flags)
        {
            faults.Add(
                flags, MapShape.Join(path, flags.Name), $"{exchange.Id} has no conf flags", "only under bitfinex");
        }

        var most = exchange.Id == BitfinexId ? BitfinexMaxStreams : exchange.LimitsOf(market).StreamsPerConnection;
        if (overrides.MaxStreamsPerConnection > most && map.Find("max_streams_per_connection") is { } streams)
        {
            faults.Add(
                streams.Value, MapShape.Join(path, streams.Name), streams.Value.Described,
                string.Create(CultureInfo.InvariantCulture, $"a whole number from 1 to {most} for {exchange.Id}"));
        }
    }
}
