using Ticklake.Core.Events;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Coinbase;

/// <summary>A trade of the frame at hand and its stream.</summary>
readonly record struct CoinbaseTrade(CoinbaseStream Stream, TradeEvent Event);

/// <summary>
/// Trades: <c>market_trades</c> of Advanced Trade, <c>match</c> and <c>last_match</c> of Exchange. Both name the side
/// of the maker (coinbase.md 4.2, 4.9); recorded is the taker's.
/// </summary>
sealed class CoinbaseTradeFrames(CoinbaseStreams streams)
{
    readonly CoinbaseRows<CoinbaseTrade> _trades = new(streams, TryTakeTrade);

    public ReadOnlySpan<CoinbaseTrade> Trades => _trades.Written;

    public void BeginFrame() => _trades.Clear();

    /// <summary>One element of <c>events</c>, from after its brace.</summary>
    public bool TryTakeEvent(ref JsonCursor cursor)
    {
        if (!_trades.TryTakeEvent(ref cursor, "trades"u8, out var ofSnapshot))
            return false;
        MarkAsSnapshot(ofSnapshot);
        return true;
    }

    /// <summary>The list is newest first (coinbase.md 4.9); ids count up, so they tell the order.</summary>
    public void SortByAge() => _trades.Written.Sort(
        static (one, other) => one.Event.Id.Number.CompareTo(other.Event.Id.Number));

    /// <summary>An Exchange <c>match</c>, from its first member to its brace.</summary>
    /// <param name="cursor">Behind the opening brace.</param>
    /// <param name="isLast">A <c>last_match</c>: the trade before the subscription, which a new one repeats.</param>
    public bool TryTakeMatch(ref JsonCursor cursor, bool isLast)
    {
        var members = new CoinbaseTradeMembers(CoinbaseStreamKind.Matches, streams);
        var sequence = EventStamp.None;
        do
        {
            if (!cursor.TakeKey(out var key))
                return false;
            var isTaken = key.SequenceEqual("sequence"u8)
                ? cursor.TakeInt64(out sequence)
                : members.TryTake(ref cursor, key);
            if (!isTaken)
                return false;
        }
        while (cursor.Take((byte)','));
        if (!cursor.Take((byte)'}') || !members.TryGet(sequence, out var trade))
            return false;
        _trades.Add(trade);
        if (isLast)
            MarkAsSnapshot(_trades.Written);
        return true;
    }

    static bool TryTakeTrade(ref JsonCursor cursor, CoinbaseStreams streams, out CoinbaseTrade trade)
    {
        var members = new CoinbaseTradeMembers(CoinbaseStreamKind.MarketTrades, streams);
        trade = default;
        if (!cursor.Take((byte)'{'))
            return false;
        do
        {
            if (!cursor.TakeKey(out var key) || !members.TryTake(ref cursor, key))
                return false;
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)'}') && members.TryGet(EventStamp.None, out trade);
    }

    static void MarkAsSnapshot(Span<CoinbaseTrade> trades)
    {
        foreach (ref var trade in trades)
            trade = trade with { Event = trade.Event with { IsSnapshot = true } };
    }
}
