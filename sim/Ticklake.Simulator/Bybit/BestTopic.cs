using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;
using Ticklake.Simulator.Venues;

namespace Ticklake.Simulator.Bybit;

/// <summary>
/// <c>orderbook.1</c>: whole at every change, and again under the same id after three seconds without one. The
/// repetition makes no row.
/// </summary>
sealed class BestTopic(BybitConnection connection, TruthStream stream, BybitMarket market)
    : VenueStream(connection, stream)
{
    static readonly TimeSpan RepeatAfter = TimeSpan.FromSeconds(3);

    long _sentUs;

    protected override void Open()
    {
        SendNews();
        market.Best.Changed += SendNews;
        Repeat(TimeSpan.FromMilliseconds(500), () =>
        {
            if (Timeline.NowUs - _sentUs >= RepeatAfter.TotalMicroseconds)
                SendBest(FrameKind.Heartbeat, rows: 0);
        });
    }

    protected override void Cease() => market.Best.Changed -= SendNews;

    void SendNews() => SendBest(FrameKind.Update, rows: 1);

    void SendBest(FrameKind kind, int rows)
    {
        var best = market.Best;
        _sentUs = Timeline.NowUs;
        var book = new BybitDifference(
            best.UpdateId,
            best.Sequence,
            [KeyValuePair.Create(best.Bid.Price, best.Bid.Amount)],
            [KeyValuePair.Create(best.Ask.Price, best.Ask.Amount)]);
        var text = new Utf8Text().Topic(Stream.Name, "snapshot", Timeline.NowMs, isLinear: false).Book(market, book)
            .Key("cts").Integer(Timeline.NowMs - 3).Raw("}"u8);
        Send(kind, text, rows);
    }
}
