using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Ticklake.Simulator.Faults;
using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.Venues;

/// <summary>How many connection attempts one address may make.</summary>
sealed record ConnectLimit(int Attempts, TimeSpan Window);

/// <summary>
/// One market of one simulated exchange: its symbols, its open connections and its doors below <c>/{id}</c>. Everything but
/// the doors is used with the timeline's gate held.
/// </summary>
abstract class SimulatedVenue
{
    readonly ConnectLimit _limit;
    readonly PerClient<Queue<long>> _connects = new(() => new());
    readonly List<ServedConnection> _connections = [];

    protected SimulatedVenue(VenueParts parts, ConnectLimit limit)
    {
        Parts = parts;
        _limit = limit;
        parts.Faults.Due += Strike;
    }

    public VenueParts Parts { get; }

    /// <summary>As paths of the lake name the market: <c>binance</c>, <c>binance-usdm</c>.</summary>
    public string Id => Parts.Exchange;

    /// <summary>Open connections, oldest first.</summary>
    protected IReadOnlyList<ServedConnection> Open => _connections;

    /// <summary>Base address of the stream as a client is configured with it, below the simulator's root.</summary>
    public virtual string WebSocketPath => "/" + Id;

    /// <summary>Base paths of stream doors that are on another host at the real exchange, by name.</summary>
    public virtual IReadOnlyDictionary<string, string> OtherDoors { get; } = new Dictionary<string, string>();

    public abstract void Map(WebApplication server);

    public abstract ScriptedMarket? Market(string symbol);

    /// <summary>The book as the youngest client of this stream has it, where that is not the whole market; or null.</summary>
    public virtual BookSnapshot? Window(string stream) => null;

    public void Leave(ServedConnection connection) => _connections.Remove(connection);

    /// <summary>Answers a WebSocket handshake and serves the connection until it ends.</summary>
    protected async Task ServeAsync(HttpContext context, Func<FramedSocket, ServedConnection> create)
    {
        if (RefusesConnect(context))
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return;
        }

        if (await WebSocketUpgrade.AcceptAsync(context).ConfigureAwait(false) is not { } socket)
            return;
        ServedConnection connection;
        lock (Parts.Timeline.Gate)
        {
            connection = create(socket);
            _connections.Add(connection);
        }

        await connection.RunAsync(context.RequestAborted).ConfigureAwait(false);
    }

    bool RefusesConnect(HttpContext context)
    {
        lock (Parts.Timeline.Gate)
        {
            if (Parts.Faults.AtConnect(Id) is { } fault)
            {
                Parts.Truth.Fault(new(fault.Ordinal, fault.Spec.Kind.ToString(), null, 0, 0, "HTTP 429"));
                return true;
            }

            var now = Parts.LimitNowUs;
            var connects = _connects.Of(context);
            while (connects.TryPeek(out var first) && first <= now - (long)_limit.Window.TotalMicroseconds)
                connects.Dequeue();
            if (Parts.Options.EnforcesLimits && connects.Count >= _limit.Attempts)
            {
                Parts.Truth.Answer(Id, context.ClientAddress(), "connect", StatusCodes.Status429TooManyRequests, 0);
                return true;
            }

            connects.Enqueue(now);
            return false;
        }
    }

    void Strike(ArmedFault fault)
    {
        foreach (var connection in _connections.ToArray())
        {
            if (fault.Spec.Fits(Id, null, connection.Ordinal))
                connection.Strike(fault);
        }
    }
}
