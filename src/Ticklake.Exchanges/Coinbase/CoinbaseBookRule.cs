using Ticklake.Core.Books;
using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Coinbase;

/// <summary>
/// How Coinbase's streams are checked. Advanced Trade: <c>sequence_num</c> counts every frame of a connection from 0,
/// so a hole voids every book on it (coinbase.md 5.1). Exchange: books carry no number at all, trades go up by one (97
/// of 97 steps in the recording of 2021; so do those of <c>market_trades</c>, 248 of 248 in 2026). Levels far from the
/// top are sent only when they change, so a book is never trimmed; deletes of levels it never had are normal.
/// </summary>
static class CoinbaseBookRule
{
    public static StreamRules For(StreamKey key)
    {
        // The market's controls are no stream of the exchange.
        if (key.Channel == Channel.Controls)
            return new StreamRules(SequenceRule.None, Trades: TradeIdRule.None);
        var sequence = CoinbaseChannels.IsOfExchange(CoinbaseChannels.KindOf(key))
            ? SequenceRule.None
            : SequenceRule.PerConnectionCounter;
        var trades = key.Channel == Channel.Trades ? TradeIdRule.Consecutive : TradeIdRule.None;
        return new StreamRules(sequence, Trades: trades);
    }
}
