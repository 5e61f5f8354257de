using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Venues;

namespace Ticklake.Simulator.Bybit;

/// <summary>
/// One category of the simulated exchange, spot or linear: its markets, its open connections and its doors (bybit.md
/// sections 1 and 2). The payloads never say which category they are of.
/// </summary>
sealed class BybitVenue : SimulatedVenue
{
    readonly Dictionary<string, BybitMarket> _markets = new(StringComparer.Ordinal);

    /// <summary>500 connections in five minutes.</summary>
    public BybitVenue(VenueParts parts, string category)
        : base(parts, new ConnectLimit(500, TimeSpan.FromMinutes(5)))
    {
        Category = category;
        foreach (var (symbol, scripted) in parts.CreateMarkets(Timeframe.Bybit, fillsEmptyBuckets: true))
            _markets.Add(symbol, new BybitMarket(scripted, parts.Timeline, IsLinear));
    }

    /// <summary><c>spot</c> or <c>linear</c>, as paths and REST parameters write it.</summary>
    public string Category { get; }

    public bool IsLinear => Category == "linear";

    public IReadOnlyCollection<BybitMarket> Markets => [.. _markets.Values.Where(m => Parts.Lists(m.Symbol))];

    public override ScriptedMarket? Market(string symbol) => _markets.GetValueOrDefault(symbol)?.Scripted;

    public BybitMarket? Find(string symbol) => Parts.Lists(symbol) ? _markets.GetValueOrDefault(symbol) : null;

    /// <summary>The levels within the topic's depth as its subscribers have been sent them.</summary>
    public override BookSnapshot? Window(string stream) => Open.OfType<BybitConnection>()
        .SelectMany(c => c.Streams).OfType<BookTopic>().LastOrDefault(t => t.Stream.Name == stream)?.Depth.Snapshot();

    public override void Map(WebApplication server)
    {
        var rest = new BybitRest(this);
        server.Map($"/{Id}/v5/public/{Category}", context =>
            ServeAsync(context, socket => new BybitConnection(this, socket, context.Request.Path.ToString())));
        server.MapGet($"/{Id}/v5/market/{{**path}}", (HttpContext context, string path) => rest.ServeAsync(context, path));
    }
}
