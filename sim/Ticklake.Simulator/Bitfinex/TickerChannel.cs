using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Bitfinex;

/// <summary>Ticker of a trading pair or funding currency: at once, then each second in which it changed.</summary>
sealed class TickerChannel(BitfinexConnection connection, int chanId, TruthStream stream, Action<Utf8Text> write)
    : BitfinexChannel(connection, chanId, stream)
{
    byte[] _last = [];

    public static TickerChannel Of(BitfinexConnection connection, int chanId, TruthStream stream,
        ScriptedMarket market) =>
        new(connection, chanId, stream, text => text.Ticker(market));

    public static TickerChannel Of(BitfinexConnection connection, int chanId, TruthStream stream,
        FundingMarket market) =>
        new(connection, chanId, stream, text => text.Ticker(market));

    protected override void Open()
    {
        SendIfChanged();
        Timeline.Every(TimeSpan.FromSeconds(1), () =>
        {
            if (IsLive)
                SendIfChanged();
            return IsLive;
        });
    }

    protected override void Cease()
    {
    }

    void SendIfChanged()
    {
        var text = Begin();
        write(text);
        if (text.Written.SequenceEqual(_last))
            return;
        _last = text.ToArray();
        Send(FrameKind.Update, text, rows: 1);
    }
}
