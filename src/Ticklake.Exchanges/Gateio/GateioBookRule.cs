using Ticklake.Core.Books;
using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Gateio;

/// <summary>
/// How Gate.io's streams are checked. Order book V2 ("Spot WebSocket v4.0.0", <c>spot.obu</c>): a message with
/// <c>full</c> is the book, then <c>U</c> is the last <c>u</c> + 1. <c>spot.order_book_update</c>: the first update spans
/// the REST snapshot's id + 1, then the same; the server keeps only the best 100 or 20 levels up to date, what lies
/// deeper goes stale (gateio/gatews#52). Trades are counted by <c>id_market</c>, which grows by one a trade since 2025;
/// their ids are unique within the pair only.
/// </summary>
static class GateioBookRule
{
    public static StreamRules For(StreamKey key) => key.Channel switch
    {
        Channel.Books when GateioChannels.IsBridged(key) => new StreamRules(
            SequenceRule.FirstDeltaSpansSnapshot,
            KeptLevels: key.Variant == GateioChannels.FastUpdateLevels ? 20 : 100,
            MayCross: false),
        Channel.Books => new StreamRules(SequenceRule.ConsecutiveIdsInBand, MayCross: false),
        Channel.Trades => new StreamRules(SequenceRule.None, Trades: TradeIdRule.ConsecutiveSequence, MayCross: false),
        _ => new StreamRules(SequenceRule.None, Trades: TradeIdRule.None, MayCross: false),
    };
}
