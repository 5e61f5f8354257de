using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Binance;

/// <summary>
/// <c>@depth5</c>, <c>10</c>, <c>20</c>: the top of the book, whenever the book changed within the interval.
/// </summary>
sealed class PartialDepthStream(
    BinanceConnection connection, TruthStream stream, ScriptedMarket market, int depth, TimeSpan interval)
    : BinanceStream(connection, stream)
{
    long _sent;

    protected override void Open() => Repeat(interval, SendIfChanged);

    void SendIfChanged()
    {
        if (market.LastUpdateId == _sent)
            return;
        _sent = market.LastUpdateId;
        var text = new Utf8Text().Raw("{\"lastUpdateId\":"u8).Integer(_sent)
            .Key("bids").Levels(market.Bids.Top(depth), market.Symbol)
            .Key("asks").Levels(market.Asks.Top(depth), market.Symbol).Raw("}"u8);
        Send(FrameKind.Snapshot, text,
            Math.Min(depth, market.Bids.Levels.Count) + Math.Min(depth, market.Asks.Levels.Count));
    }
}
