using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Ticklake.Simulator.Faults;
using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.Bitfinex;

/// <summary>The simulated exchange: its markets, its open connections and its doors.</summary>
sealed class BitfinexVenue
{
    const int ConnectsPerMinute = 20;

    readonly Dictionary<string, ScriptedMarket> _markets = [];
    readonly Dictionary<string, FundingMarket> _funding = [];
    readonly List<BitfinexConnection> _connections = [];
    readonly Queue<long> _connects = new();
    int _channelId = 1_000;

    public BitfinexVenue(VenueParts parts)
    {
        Parts = parts;
        var options = parts.Options;
        var pace = new MarketPace(options.Seed, options.EventsPerSecond, Timeframe.Bitfinex, FillsEmptyBuckets: false);
        foreach (var symbol in options.BitfinexSymbols)
        {
            if (symbol.StartsWith('f'))
                _funding.Add(symbol, new(symbol, parts.Timeline, options.Seed, options.EventsPerSecond));
            else
                _markets.Add(symbol, new(SymbolSpec.For(symbol), parts.Timeline, pace));
        }

        parts.Faults.Due += Strike;
    }

    public VenueParts Parts { get; }

    public IReadOnlyCollection<ScriptedMarket> Markets => _markets.Values;

    public IReadOnlyCollection<FundingMarket> FundingMarkets => _funding.Values;

    public IReadOnlyList<BitfinexConnection> Connections => _connections;

    public ScriptedMarket? Market(string symbol) => _markets.GetValueOrDefault(symbol);

    public FundingMarket? Funding(string symbol) => _funding.GetValueOrDefault(symbol);

    public ChannelPlan? Plan(JsonElement request)
    {
        var plan = ChannelPlan.For(request, Market, Funding);
        return Parts.Options.Firehose ? plan?.UnderLoad(Market(plan.Symbol)) : plan;
    }

    /// <summary>Ids are never used twice in a run, so that a mixed-up connection shows.</summary>
    public int NextChannelId() => _channelId += 7;

    public async Task ServeAsync(HttpContext context)
    {
        if (RefusesConnect())
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return;
        }

        if (await WebSocketUpgrade.AcceptAsync(context).ConfigureAwait(false) is not { } socket)
            return;
        BitfinexConnection connection;
        lock (Parts.Timeline.Gate)
        {
            connection = new(this, socket, context.Request.Path + context.Request.QueryString);
            _connections.Add(connection);
        }

        await connection.RunAsync(context.RequestAborted).ConfigureAwait(false);
    }

    public void Leave(BitfinexConnection connection) => _connections.Remove(connection);

    /// <summary>20 connections a minute and address, when limits are kept (bitfinex.md section 2).</summary>
    bool RefusesConnect()
    {
        lock (Parts.Timeline.Gate)
        {
            if (Parts.Faults.AtConnect("bitfinex") is { } fault)
            {
                Parts.Truth.Fault(new(fault.Ordinal, fault.Spec.Kind.ToString(), null, 0, 0, "HTTP 429"));
                return true;
            }

            var now = Parts.Timeline.NowUs;
            while (_connects.TryPeek(out var first) && first <= now - 60_000_000)
                _connects.Dequeue();
            if (Parts.Options.EnforcesLimits && _connects.Count >= ConnectsPerMinute)
                return true;
            _connects.Enqueue(now);
            return false;
        }
    }

    void Strike(ArmedFault fault)
    {
        foreach (var connection in _connections.ToArray())
        {
            if (fault.Spec.Fits("bitfinex", null, connection.Ordinal))
                connection.Strike(fault);
        }
    }
}
