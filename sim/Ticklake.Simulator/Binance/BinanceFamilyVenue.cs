using Microsoft.AspNetCore.Http;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;
using Ticklake.Simulator.Venues;

namespace Ticklake.Simulator.Binance;

/// <summary>How connections of one of Binance's markets are treated.</summary>
/// <param name="MessagesPerSecond">Frames a client may send.</param>
/// <param name="PingInterval">Between two pings of the server.</param>
/// <param name="PongPatience">A client that owes its pongs for so long is cut off.</param>
/// <param name="Life">After which a connection is closed.</param>
/// <param name="AnnouncesShutdown">A serverShutdown event comes before planned ends.</param>
sealed record BinanceManners(
    int MessagesPerSecond, TimeSpan PingInterval, TimeSpan PongPatience, TimeSpan Life, bool AnnouncesShutdown);

/// <summary>A market whose connections speak Binance's stream protocol: spot and futures differ in names and payloads.</summary>
abstract class BinanceFamilyVenue : SimulatedVenue
{
    /// <summary>300 attempts in five minutes (binance.md section A2; assumed of futures, B2).</summary>
    protected BinanceFamilyVenue(VenueParts parts, BinanceManners manners)
        : base(parts, new ConnectLimit(300, TimeSpan.FromMinutes(5))) => Manners = manners;

    public BinanceManners Manners { get; }

    /// <summary>What a name means on a connection that came through this door, or null: it stays silent for ever.</summary>
    public abstract StreamPlan? Plan(string name, BinanceDoor door);

    /// <summary>Leaves a hole in the ids that this stream shows.</summary>
    public abstract void Skip(TruthStream stream, int count);

    /// <summary>Serves a handshake on <c>/stream</c> (combined) or <c>/ws/…</c>.</summary>
    protected Task ServeAsync(HttpContext context, string streams, bool isCombined, string door = "")
    {
        var query = context.Request.Query;
        var names = isCombined ? query["streams"].ToString() : streams;
        var unit = query["timeUnit"].ToString();
        var entered = new BinanceDoor(
            context.Request.Path + context.Request.QueryString,
            names.Split('/', StringSplitOptions.RemoveEmptyEntries),
            isCombined,
            unit is "MICROSECOND" or "microsecond")
        { Name = door };
        return ServeAsync(context, socket => new BinanceConnection(this, socket, entered));
    }
}
