using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;
using Ticklake.Simulator.Venues;

namespace Ticklake.Simulator.Gateio;

/// <summary>One subscribed stream of one pair.</summary>
abstract class GateioStream(ServedConnection connection, TruthStream stream, ScriptedMarket market)
    : VenueStream(connection, stream)
{
    protected ScriptedMarket Market => market;

    protected SymbolSpec Symbol => market.Symbol;

    protected Utf8Text Push(string channel) => new Utf8Text().Push(Timeline.NowMs, channel);
}
