using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Venues;

namespace Ticklake.Simulator.Bitfinex;

/// <summary>The simulated exchange: its markets, its open connections and its doors.</summary>
sealed class BitfinexVenue : SimulatedVenue
{
    readonly Dictionary<string, ScriptedMarket> _markets = [];
    readonly Dictionary<string, FundingMarket> _funding = [];
    int _channelId = 1_000;

    /// <summary>20 connections a minute and address (bitfinex.md section 2).</summary>
    public BitfinexVenue(VenueParts parts)
        : base(parts, new ConnectLimit(20, TimeSpan.FromMinutes(1)))
    {
        var options = parts.Options;
        var pace = new MarketPace(options.Seed, options.EventsPerSecond, Timeframe.Bitfinex, FillsEmptyBuckets: false);
        foreach (var symbol in parts.Symbols)
        {
            if (symbol.StartsWith('f'))
                _funding.Add(symbol, new(symbol, parts.Timeline, options.Seed, options.EventsPerSecond));
            else
                _markets.Add(symbol, new(SymbolSpec.For(symbol), parts.Timeline, pace));
        }
    }

    public override string WebSocketPath => "/bitfinex/ws/2";

    public IReadOnlyCollection<ScriptedMarket> Markets => [.. _markets.Values.Where(m => Parts.Lists(m.Symbol.Symbol))];

    public IReadOnlyCollection<FundingMarket> FundingMarkets => _funding.Values;

    public IReadOnlyList<BitfinexConnection> Connections => [.. Open.OfType<BitfinexConnection>()];

    public override ScriptedMarket? Market(string symbol) => _markets.GetValueOrDefault(symbol);

    public FundingMarket? Funding(string symbol) => _funding.GetValueOrDefault(symbol);

    public ChannelPlan? Plan(JsonElement request)
    {
        var plan = ChannelPlan.For(request, Market, Funding);
        return Parts.Options.Firehose ? plan?.UnderLoad(Market(plan.Symbol)) : plan;
    }

    /// <summary>Ids are never used twice in a run, so that a mixed-up connection shows.</summary>
    public int NextChannelId() => _channelId += 7;

    public override void Map(WebApplication server)
    {
        var rest = new BitfinexRest(this);
        server.Map("/bitfinex/ws/2", context => ServeAsync(
            context, socket => new BitfinexConnection(this, socket, context.Request.Path + context.Request.QueryString)));
        server.MapGet("/bitfinex/v2/{**path}", (HttpContext context, string path) => rest.ServeAsync(context, path));
    }

    public override BookSnapshot? Window(string stream) =>
        Connections.Reverse().SelectMany(c => c.Channels).FirstOrDefault(c => c.Stream.Name == stream) switch
        {
            BookChannel book => book.Window(),
            FirehoseChannel load => load.Window(),
            _ => null,
        };
}
