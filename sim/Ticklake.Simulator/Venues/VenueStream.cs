using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Venues;

/// <summary>One subscribed stream of one connection.</summary>
abstract class VenueStream(ServedConnection connection, TruthStream stream)
{
    public TruthStream Stream => stream;

    protected Timeline Timeline => connection.Timeline;

    protected bool IsLive { get; private set; }

    public void Start()
    {
        IsLive = true;
        Open();
    }

    public void Stop()
    {
        if (!IsLive)
            return;
        IsLive = false;
        Cease();
    }

    protected abstract void Open();

    protected virtual void Cease()
    {
    }

    /// <summary>Calls on the grid of the interval while the stream lives.</summary>
    protected void Repeat(TimeSpan interval, Action action) => Timeline.Every(interval, () =>
    {
        if (IsLive)
            action();
        return IsLive;
    });

    protected void Send(FrameKind kind, Utf8Text body, int rows = 0) =>
        connection.Send(new(stream, kind, body.ToArray(), rows));

    protected void Send(Utf8Text body, params IReadOnlyList<TruthTrade> trades) =>
        connection.Send(new(stream, FrameKind.Trade, body.ToArray()) { Trades = trades });
}
