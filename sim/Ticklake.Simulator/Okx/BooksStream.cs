using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;
using Ticklake.Simulator.Venues;

namespace Ticklake.Simulator.Okx;

/// <summary><c>books</c>: 400 levels, then what changes every 100 ms, each naming the one before it (okx.md 4.2, 5).</summary>
sealed class BooksStream(OkxConnection connection, TruthStream stream, OkxMarket market)
    : VenueStream(connection, stream)
{
    protected override void Open()
    {
        var depth = market.Depth;
        var text = Begin("snapshot").Sides(depth.Asks, depth.Bids, market.Market.Symbol);
        Send(FrameKind.Snapshot, End(text, -1, depth.LastSeqId), depth.Asks.Count + depth.Bids.Count);
        depth.Ready += OnDifference;
    }

    protected override void Cease() => market.Depth.Ready -= OnDifference;

    void OnDifference(OkxDifference difference)
    {
        var text = Begin("update").Sides(difference.Asks, difference.Bids, market.Market.Symbol);
        Send(
            FrameKind.Update, End(text, difference.PrevSeqId, difference.SeqId), difference.Asks.Count + difference.Bids.Count);
    }

    Utf8Text Begin(string action) => new Utf8Text().Arg("books", market.Symbol).Key("action").Quoted(action)
        .Raw(",\"data\":[{"u8);

    // The checksum is constant since 2026-06-23 (okx.md 5.4).
    Utf8Text End(Utf8Text text, long previous, long seq) => text.Key("ts").Digits(Timeline.NowMs)
        .Raw(",\"checksum\":0"u8).Key("prevSeqId").Integer(previous).Key("seqId").Integer(seq).Raw("}]}"u8);
}
