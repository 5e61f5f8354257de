using Ticklake.Core.Books;
using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Upbit;

/// <summary>
/// How Upbit's streams are checked (docs.upbit.com, "orderbook" and "trade"). Every book frame is whole; one that is older
/// than the one before it is late. Trade ids are unique, and out of order on real recordings (6 of 298 of KRW-LAMB).
/// </summary>
static class UpbitBookRule
{
    public static StreamRules For(StreamKey key) => key.Channel switch
    {
        Channel.Books => new StreamRules(SequenceRule.EveryMessageIsWhole, MaxLevels: 30),
        Channel.Trades => new StreamRules(SequenceRule.None, Trades: TradeIdRule.Unique),
        _ => new StreamRules(SequenceRule.None, Trades: TradeIdRule.None),
    };
}
