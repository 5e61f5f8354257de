using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Binance;

/// <summary>A stream under load: its lane sends from the start.</summary>
sealed class FirehoseStream(
    BinanceConnection connection, TruthStream stream, Func<TruthStream, FirehoseLane> createLane)
    : BinanceStream(connection, stream)
{
    FirehoseLane? _lane;

    /// <summary>The lane while it sends.</summary>
    public FirehoseLane? Lane => _lane;

    protected override void Open()
    {
        _lane = createLane(Stream);
        Connection.Firehose.Add(_lane);
        Connection.StartFirehose();
    }

    protected override void Cease() => Connection.Firehose.Remove(_lane!);
}
