using Ticklake.Core.Books;
using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Mexc;

/// <summary>
/// How MEXC's streams are checked. Books (spot v3, "How to properly maintain a local copy of the order book"; mexc.md 5): the
/// first update kept has <c>fromVersion &lt;= lastUpdateId + 1</c>, then <c>fromVersion</c> is the last <c>toVersion</c> + 1
/// (measured: always). No checksum. A snapshot has at most 2,000 levels a side, so deletes of unknown levels are normal.
/// Trade ids are unique text, or missing.
/// </summary>
static class MexcBookRule
{
    public static StreamRules For(StreamKey key) => key.Channel switch
    {
        Channel.Books => new StreamRules(SequenceRule.FirstDeltaSpansSnapshot, MayCross: false),
        Channel.Trades => new StreamRules(SequenceRule.None, Trades: TradeIdRule.Unique, MayCross: false),
        _ => new StreamRules(SequenceRule.None, Trades: TradeIdRule.None, MayCross: false),
    };
}
