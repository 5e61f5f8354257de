using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;
using Ticklake.Simulator.Venues;

namespace Ticklake.Simulator.Bitfinex;

/// <summary>
/// One subscribed channel of one connection. Message bodies lack their end: the connection appends sequence and
/// timestamp
/// when the message is sent.
/// </summary>
abstract class BitfinexChannel(BitfinexConnection connection, int chanId, TruthStream stream)
    : VenueStream(connection, stream)
{
    public int ChanId => chanId;

    /// <summary>Simulated time of the last message sent on the channel.</summary>
    public long LastSentUs { get; set; } = connection.Timeline.NowUs;

    protected BitfinexConnection Connection => connection;

    public void SendHeartbeat() => Send(FrameKind.Heartbeat, Begin().Raw("\"hb\""u8));

    /// <summary><c>[chanId,</c></summary>
    protected Utf8Text Begin() => new Utf8Text().Raw("["u8).Integer(chanId).Raw(","u8);

    protected void Send(FrameKind kind, Utf8Text body, IReadOnlyList<TruthTrade> trades) =>
        connection.Send(new(Stream, kind, body.ToArray()) { Trades = trades });
}
