using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Upbit;

/// <summary>
/// <c>orderbook</c> (<c>timestamp total_ask_size total_bid_size orderbook_units level</c>; short <c>tms tas tbs obu lv</c>):
/// unit i holds the i-th best ask and the i-th best bid; the price of a side that has fewer levels is 0.
/// One list per decoder, used again for every frame. On its session's thread.
/// </summary>
sealed class UpbitBookFrames
{
    readonly JsonLevels _levels = new();
    readonly JsonLevels _asks = new();
    long _time;
    bool _hasUnits;
    bool _isGrouped;

    /// <summary>Bids, then asks, best first.</summary>
    public ReadOnlySpan<BookLevel> Levels => _levels.Written;

    /// <summary>Prices are grouped: not the book that was asked for.</summary>
    public bool IsGrouped => _isGrouped;

    public void Begin()
    {
        _levels.Clear();
        _asks.Clear();
        (_time, _hasUnits, _isGrouped) = (EventStamp.None, false, false);
    }

    public bool TryTakeMember(ref JsonCursor cursor, ReadOnlySpan<byte> key)
    {
        if (UpbitValues.Is(key, "orderbook_units"u8, "obu"u8))
            return !_hasUnits && TryTakeUnits(ref cursor);
        if (UpbitValues.Is(key, "timestamp"u8, "tms"u8))
            return JsonTimes.TryTake(ref cursor, out _time);
        return UpbitValues.Is(key, "level"u8, "lv"u8) ? TryTakeGrouping(ref cursor) : cursor.Skip();
    }

    /// <summary>False where the frame had no units.</summary>
    public bool TryFinish(out BookUpdate update)
    {
        update = BookUpdate.WithoutIds(new EventStamp(EventStamp.None, _time), isSnapshot: true);
        foreach (ref readonly var level in _asks.Written)
            _levels.Add(level);
        return _hasUnits;
    }

    bool TryTakeGrouping(ref JsonCursor cursor)
    {
        if (!UpbitValues.TryTakeOptional(ref cursor, out var grouping))
            return false;
        _isGrouped = !grouping.IsNone && !grouping.IsZero;
        return true;
    }

    bool TryTakeUnits(ref JsonCursor cursor)
    {
        _hasUnits = true;
        if (!cursor.Take((byte)'['))
            return false;
        if (cursor.Take((byte)']'))
            return true;
        var count = 0;
        do
        {
            if (++count > FrameLimits.Entries / 2 || !TryTakeUnit(ref cursor))
                return false;
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)']');
    }

    bool TryTakeUnit(ref JsonCursor cursor)
    {
        var none = ExactDecimal.None;
        ExactDecimal bid = none, bidSize = none, ask = none, askSize = none;
        if (!cursor.Take((byte)'{'))
            return false;
        do
        {
            if (!cursor.TakeKey(out var key))
                return false;
            var isTaken = UpbitValues.Is(key, "ask_price"u8, "ap"u8) ? UpbitValues.TryTakeOptional(ref cursor, out ask)
                : UpbitValues.Is(key, "bid_price"u8, "bp"u8) ? UpbitValues.TryTakeOptional(ref cursor, out bid)
                : UpbitValues.Is(key, "ask_size"u8, "as"u8) ? UpbitValues.TryTakeOptional(ref cursor, out askSize)
                : UpbitValues.Is(key, "bid_size"u8, "bs"u8) ? UpbitValues.TryTakeOptional(ref cursor, out bidSize)
                : cursor.Skip();
            if (!isTaken)
                return false;
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)'}') && TryKeep(_levels, BookSide.Bid, bid, bidSize)
            && TryKeep(_asks, BookSide.Ask, ask, askSize);
    }

    static bool TryKeep(JsonLevels side, BookSide name, in ExactDecimal price, in ExactDecimal size)
    {
        if (price.IsNone || price.IsZero)
            return true;
        if (price.IsNegative || size.IsNone || size.IsNegative)
            return false;
        // A size of 0 would delete; a whole book has nothing to delete.
        if (!size.IsZero)
            side.Add(new BookLevel(name, price, size));
        return true;
    }
}
