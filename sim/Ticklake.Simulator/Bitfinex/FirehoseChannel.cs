using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Bitfinex;

/// <summary>A channel under load: a snapshot in the usual way, then its lane takes over.</summary>
sealed class FirehoseChannel(
    BitfinexConnection connection, int chanId, TruthStream stream, Func<BitfinexChannel, FirehoseLane> createLane)
    : BitfinexChannel(connection, chanId, stream)
{
    FirehoseLane? _lane;

    public BookSnapshot? Window() => (_lane as FirehoseBookLane)?.Snapshot();

    protected override void Open()
    {
        _lane = createLane(this);
        if (_lane is FirehoseBookLane book)
            Send(FrameKind.Snapshot, book.WriteSnapshot(Begin()), book.SnapshotRows);
        else if (_lane is FirehoseTradesLane)
            Send(FrameKind.Snapshot, Begin().Raw("[]"u8));
        Connection.Firehose.Add(_lane);
        Connection.StartFirehose();
    }

    protected override void Cease() => Connection.Firehose.Remove(_lane!);
}
