using Ticklake.Core.Events;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Binance;

/// <summary>
/// Books: <c>depthUpdate</c> (<c>e E s U u b a</c>), and the whole books of <c>@depthN</c> and REST
/// (<c>lastUpdateId bids asks</c>). Levels are <c>["price","quantity"]</c>; quantity 0 removes.
/// </summary>
sealed class BinanceBookFrames
{
    static readonly ulong Required = BinanceValues.Bit('E') | BinanceValues.Bit('U') | BinanceValues.Bit('u')
        | BinanceValues.Bit('b') | BinanceValues.Bit('a');

    // Busy symbols change some hundred levels in 100 ms; a REST snapshot has 1,000 a side.
    BookLevel[] _levels = new BookLevel[1024];
    int _count;

    public ReadOnlySpan<BookLevel> Levels => _levels.AsSpan(0, _count);

    public bool TryTakeUpdate(ref JsonCursor cursor, BinanceStream stream, out BookUpdate update)
    {
        long time = 0, first = 0, last = 0;
        ulong seen = 0;
        _count = 0;
        update = default;
        if (!cursor.Take((byte)'{'))
            return false;
        do
        {
            if (!BinanceValues.TryTakeKey(ref cursor, out var key))
                return false;
            var isTaken = key switch
            {
                (byte)'e' => BinanceValues.TryTakeType(ref cursor, "depthUpdate"u8),
                (byte)'s' => BinanceValues.TryTakeSymbol(ref cursor, stream),
                (byte)'E' => BinanceValues.TryTakeTime(ref cursor, out time),
                (byte)'U' => cursor.TakeInt64(out first),
                (byte)'u' => cursor.TakeInt64(out last),
                (byte)'b' => TryTakeLevels(ref cursor, BookSide.Bid),
                (byte)'a' => TryTakeLevels(ref cursor, BookSide.Ask),
                _ => cursor.Skip(),
            };
            if (!isTaken)
                return false;
            seen |= BinanceValues.Bit(key);
        }
        while (cursor.Take((byte)','));
        if (!cursor.Take((byte)'}') || (seen & Required) != Required || last < first)
            return false;
        update = new BookUpdate(
            new EventStamp(last, time), IsSnapshot: false, first, last, EventStamp.None, EventStamp.None);
        return true;
    }

    /// <summary>A whole book, best levels first, bids before asks whatever their order in the frame.</summary>
    public bool TryTakeWhole(ref JsonCursor cursor, out long lastUpdateId)
    {
        _count = 0;
        lastUpdateId = 0;
        bool hasId = false, hasBids = false, hasAsks = false;
        var asks = cursor;
        if (!cursor.Take((byte)'{'))
            return false;
        do
        {
            if (!cursor.TakeKey(out var key))
                return false;
            var isTaken = true;
            if (key.SequenceEqual("lastUpdateId"u8))
                isTaken = hasId = cursor.TakeInt64(out lastUpdateId);
            else if (key.SequenceEqual("bids"u8) && !hasBids)
                isTaken = hasBids = TryTakeLevels(ref cursor, BookSide.Bid);
            else if (key.SequenceEqual("asks"u8) && hasBids && !hasAsks)
                isTaken = hasAsks = TryTakeLevels(ref cursor, BookSide.Ask);
            else
            {
                if (key.SequenceEqual("asks"u8))
                    asks = cursor;
                isTaken = cursor.Skip();
            }

            if (!isTaken)
                return false;
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)'}') && hasId && hasBids && (hasAsks || TryTakeLevels(ref asks, BookSide.Ask));
    }

    bool TryTakeLevels(ref JsonCursor cursor, BookSide side)
    {
        if (!cursor.Take((byte)'['))
            return false;
        if (cursor.Take((byte)']'))
            return true;
        do
        {
            if (_count == _levels.Length)
                Array.Resize(ref _levels, _count * 2);
            if (_count == FrameLimits.Entries || !cursor.Take((byte)'[')
                || !cursor.TakeQuotedDecimal(out var price) || price.IsNegative || !cursor.Take((byte)',')
                || !cursor.TakeQuotedDecimal(out var amount) || amount.IsNegative
                || !(cursor.Take((byte)']') || cursor.SkipToArrayEnd()))
                return false;
            _levels[_count++] = new BookLevel(side, price, amount);
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)']');
    }
}
