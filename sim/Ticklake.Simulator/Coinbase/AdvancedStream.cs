using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;
using Ticklake.Simulator.Venues;

namespace Ticklake.Simulator.Coinbase;

/// <summary>A stream of Advanced Trade: its bodies begin with the channel that their frame will name.</summary>
abstract class AdvancedStream(CoinbaseAdvancedConnection connection, TruthStream stream, string channel)
    : VenueStream(connection, stream)
{
    protected Utf8Text Begin() => new Utf8Text().Raw(channel).Raw("\n["u8);
}
