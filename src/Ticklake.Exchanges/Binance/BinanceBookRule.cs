using Ticklake.Core.Books;
using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Binance;

/// <summary>
/// How Binance's streams are checked. Spot books (binance-spot-api-docs, "How to manage a local order book correctly"): the
/// first update spans the snapshot's id + 1, then <c>U</c> is the last <c>u</c> + 1. Futures books (developers.binance.com,
/// "How to manage a local order book correctly" of USD-M): the first update spans the snapshot's id itself, or names it as
/// <c>pu</c>, then each <c>pu</c> is the last <c>u</c>; <c>U</c> is not <c>pu</c> + 1. There is no checksum. Deletes of
/// levels outside the snapshot are normal. Trade ids count up by one, of aggregates too (verified on recordings).
/// </summary>
static class BinanceBookRule
{
    public static StreamRules For(StreamKey key) => key.Channel switch
    {
        Channel.Books => new StreamRules(
            BinanceProfile.Of(key.Market)?.Sequence ?? SequenceRule.None, MayCross: false),
        Channel.Trades => new StreamRules(SequenceRule.None, Trades: TradeIdRule.Consecutive, MayCross: false),
        _ => new StreamRules(SequenceRule.None, Trades: TradeIdRule.None, MayCross: false),
    };
}
