using Ticklake.Simulator.Truth;
using Ticklake.Simulator.Venues;

namespace Ticklake.Simulator.Binance;

/// <summary>One subscribed stream of one connection, which chooses the unit of its times.</summary>
abstract class BinanceStream(BinanceConnection connection, TruthStream stream) : VenueStream(connection, stream)
{
    protected BinanceConnection Connection => connection;

    /// <summary>Simulated microseconds in the unit of the connection.</summary>
    protected long Time(long us) => connection.IsMicroseconds ? us : us / 1000;

    protected long Now => Time(Timeline.NowUs);
}
