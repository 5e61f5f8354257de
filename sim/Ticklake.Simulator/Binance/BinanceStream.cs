using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Binance;

/// <summary>One subscribed stream of one connection.</summary>
abstract class BinanceStream(BinanceConnection connection, TruthStream stream)
{
    public TruthStream Stream => stream;

    protected BinanceConnection Connection => connection;

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

    /// <summary>Simulated microseconds in the unit of the connection.</summary>
    protected long Time(long us) => connection.IsMicroseconds ? us : us / 1000;

    protected long Now => Time(Timeline.NowUs);

    /// <summary>Calls on the grid of the interval while the stream lives.</summary>
    protected void Repeat(TimeSpan interval, Action action) => Timeline.Every(interval, () =>
    {
        if (IsLive)
            action();
        return IsLive;
    });

    protected void Send(FrameKind kind, Utf8Text body, int rows) =>
        connection.Send(new(stream, kind, body.ToArray(), rows));

    protected void Send(Utf8Text body, TruthTrade trade) =>
        connection.Send(new(stream, FrameKind.Trade, body.ToArray()) { Trades = [trade] });
}
