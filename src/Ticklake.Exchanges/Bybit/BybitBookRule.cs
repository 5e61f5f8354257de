using System.Globalization;
using Ticklake.Core.Books;
using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Bybit;

/// <summary>
/// How Bybit's streams are checked. Books (v5/websocket/public/orderbook): "once you have subscribed successfully, you
/// will receive a snapshot"; a delta's <c>u</c> is the last one plus one (not promised in words; true of every
/// recording, and enforced by maintained clients); <c>u = 1</c> is a service restart. There is no checksum, so no rule
/// may be weaker. Ids of trades are unique and nothing more.
/// </summary>
static class BybitBookRule
{
    public static StreamRules For(StreamKey key) => key.Channel switch
    {
        // That a level which leaves the window is always deleted is not documented: what lies deeper is forgotten.
        Channel.Books => new StreamRules(
            SequenceRule.ConsecutiveIdsInBand,
            KeptLevels: int.Parse(BybitTopic.DepthOf(key), CultureInfo.InvariantCulture)),
        Channel.BookTicker => new StreamRules(
            SequenceRule.None, Trades: TradeIdRule.None, TickerIds: TickerIdRule.MayBeginAtOne),
        Channel.Trades => new StreamRules(SequenceRule.None, Trades: TradeIdRule.Unique),
        _ => new StreamRules(SequenceRule.None, Trades: TradeIdRule.None),
    };
}
