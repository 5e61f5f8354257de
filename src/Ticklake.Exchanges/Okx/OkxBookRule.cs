using Ticklake.Core.Books;
using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Okx;

/// <summary>
/// How OKX's streams are checked. Books (okx.md 5.1, 5.2): each update's <c>prevSeqId</c> is the <c>seqId</c> of the one before
/// it, which may be equal (nothing changed) or higher (the counter was reset); the checksum of recordings from before
/// 2026-06-23 is compared where it is there. Deletes of unknown levels are normal (5.3), and before trading opens bids may
/// stand above asks (4.2). Trade ids count up by one, a folded trade standing for as many as it has fills (4.4).
/// </summary>
static class OkxBookRule
{
    const int Levels = 400;

    // "About every 60 s" (okx.md 5.1), for books, books5 and bbo-tbt alike.
    static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(60);

    public static StreamRules For(StreamKey key) => key.Channel switch
    {
        Channel.Books => new StreamRules(
            SequenceRule.EachNamesPreviousInBand, OkxChecksum.Of, Trades: TradeIdRule.None, MaxLevels: Levels,
            KeepAlive: KeepAlive),
        Channel.Trades => new StreamRules(SequenceRule.None, Trades: TradeIdRule.Consecutive),
        Channel.BookTicker => new StreamRules(
            SequenceRule.None, Trades: TradeIdRule.None, TickerIds: TickerIdRule.MayRepeatAndFall, KeepAlive: KeepAlive),
        Channel.DepthSnapshots => new StreamRules(SequenceRule.None, Trades: TradeIdRule.None, KeepAlive: KeepAlive),
        _ => new StreamRules(SequenceRule.None, Trades: TradeIdRule.None),
    };
}
