using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;
using Ticklake.Simulator.Venues;

namespace Ticklake.Simulator.Okx;

/// <summary>
/// <c>books5</c> (100 ms) and <c>bbo-tbt</c> (10 ms): the best levels whole, at once and whenever they have changed; the last
/// frame again about every minute without change (okx.md 4.2, 5.2).
/// </summary>
sealed class TopStream(OkxConnection connection, TruthStream stream, OkxMarket market, string channel, int depth)
    : VenueStream(connection, stream)
{
    const long KeepAliveUs = 60_000_000;

    readonly List<BookLevel> _sent = [];
    long _sentUs;
    Utf8Text _frame = new();

    bool IsBest => depth == 1;

    protected override void Open()
    {
        SendIfChanged();
        Repeat(TimeSpan.FromMilliseconds(IsBest ? 10 : 100), SendIfChanged);
    }

    void SendIfChanged()
    {
        var book = market.Market;
        List<BookLevel> now = [.. book.Asks.Levels.Take(depth), .. book.Bids.Levels.Take(depth)];
        if (now.SequenceEqual(_sent))
        {
            KeepAlive();
            return;
        }

        _sent.Clear();
        _sent.AddRange(now);
        _sentUs = Timeline.NowUs;
        _frame = new Utf8Text().Arg(channel, market.Symbol).Raw(",\"data\":[{"u8)
            .Sides(book.Asks.Levels.Take(depth), book.Bids.Levels.Take(depth), book.Symbol);
        if (!IsBest)
            _frame.Key("instId").Quoted(market.Symbol);
        _frame.Key("ts").Digits(Timeline.NowMs).Key("seqId").Integer(market.Depth.SeqId).Raw("}]}"u8);
        Send(FrameKind.Snapshot, _frame, IsBest ? 1 : now.Count);
    }

    // Best prices that are repeated under their number are one row; whole levels are rows each time.
    void KeepAlive()
    {
        if (Timeline.NowUs - _sentUs < KeepAliveUs)
            return;
        _sentUs = Timeline.NowUs;
        Send(FrameKind.Snapshot, _frame, IsBest ? 0 : _sent.Count);
    }
}
