using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Mexc;

/// <summary><c>aggre.depth</c>: increments whose version ranges follow each other without a hole (mexc.md section 4.3).</summary>
sealed class DepthStream(MexcConnection connection, TruthStream stream, MexcMarket market, DepthGrid grid)
    : MexcStream(connection, stream, market)
{
    protected override int BodyField => 313;

    protected override void Open() => grid.Ready += OnDifference;

    protected override void Cease() => grid.Ready -= OnDifference;

    void OnDifference(DepthDifference difference)
    {
        // The versions stand behind the levels.
        var body = new ProtobufText().Levels(difference.Asks, difference.Bids, Market.Spec).Text(3, EventType)
            .Text(4, MexcPayloads.Number(difference.FirstUpdateId)).Text(5, MexcPayloads.Number(difference.LastUpdateId))
            .Number(6, Market.LastOrderMs);
        Push(FrameKind.Update, body, difference.Bids.Count + difference.Asks.Count);
    }
}
