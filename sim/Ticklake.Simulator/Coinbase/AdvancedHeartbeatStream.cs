using System.Globalization;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Coinbase;

/// <summary><c>heartbeats</c>: one a second, of no product (coinbase.md 4.12).</summary>
sealed class AdvancedHeartbeatStream(CoinbaseAdvancedConnection connection, TruthStream stream)
    : AdvancedStream(connection, stream, "heartbeats")
{
    long _counter = 3_048;

    protected override void Open() => Repeat(TimeSpan.FromSeconds(1), Beat);

    void Beat()
    {
        var time = DateTimeOffset.UnixEpoch.AddMicroseconds(Timeline.NowUs);
        var text = Begin().Raw("{\"current_time\":\""u8)
            .Raw(time.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture))
            .Raw(" +0000 UTC m=+91717.52\",\"heartbeat_counter\":"u8).Integer(++_counter).Raw("}]"u8);
        Send(FrameKind.Heartbeat, text, rows: 0);
    }
}
