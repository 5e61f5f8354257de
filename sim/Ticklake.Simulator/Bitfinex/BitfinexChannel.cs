using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Bitfinex;

/// <summary>
/// One subscribed channel of one connection. Message bodies lack their end: the connection appends sequence and
/// timestamp
/// when the message is sent.
/// </summary>
abstract class BitfinexChannel(BitfinexConnection connection, int chanId, TruthStream stream)
{
    public int ChanId => chanId;

    public TruthStream Stream => stream;

    /// <summary>Simulated time of the last message sent on the channel.</summary>
    public long LastSentUs { get; set; } = connection.Timeline.NowUs;

    protected BitfinexConnection Connection => connection;

    protected Timeline Timeline => connection.Timeline;

    protected bool IsLive { get; private set; }

    /// <summary>Sends the snapshot and follows the market from there.</summary>
    public void Start()
    {
        IsLive = true;
        Open();
    }

    /// <summary>No message follows any more.</summary>
    public void Stop()
    {
        if (!IsLive)
            return;
        IsLive = false;
        Cease();
    }

    public void SendHeartbeat() => Send(FrameKind.Heartbeat, Begin().Raw("\"hb\""u8));

    protected abstract void Open();

    protected abstract void Cease();

    /// <summary><c>[chanId,</c></summary>
    protected Utf8Text Begin() => new Utf8Text().Raw("["u8).Integer(chanId).Raw(","u8);

    protected void Send(FrameKind kind, Utf8Text body, int rows = 0) =>
        connection.Send(new(stream, kind, body.ToArray(), rows));

    protected void Send(FrameKind kind, Utf8Text body, IReadOnlyList<TruthTrade> trades) =>
        connection.Send(new(stream, kind, body.ToArray()) { Trades = trades });
}
