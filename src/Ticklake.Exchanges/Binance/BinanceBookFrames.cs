using Ticklake.Core.Events;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Binance;

/// <summary>
/// Books: <c>depthUpdate</c> (<c>e E s U u b a</c>, on futures also <c>T pu</c>), and the whole books of <c>@depthN</c> on
/// spot and of REST (<c>lastUpdateId bids asks</c>, on futures also <c>T E</c>). Levels are <c>["price","quantity"]</c>; quantity 0 removes.
/// </summary>
sealed class BinanceBookFrames
{
    static readonly ulong Required = BinanceValues.Bit('E') | BinanceValues.Bit('U') | BinanceValues.Bit('u')
        | BinanceValues.Bit('b') | BinanceValues.Bit('a');

    static readonly ulong RequiredOfFutures = Required | BinanceValues.Bit(BinanceValues.PreviousUpdate);

    readonly JsonLevels _levels = new();

    public ReadOnlySpan<BookLevel> Levels => _levels.Written;

    public bool TryTakeUpdate(ref JsonCursor cursor, BinanceStream stream, out BookUpdate update)
    {
        long sent = 0, time = EventStamp.None, first = 0, last = 0, previous = EventStamp.None;
        ulong seen = 0;
        _levels.Clear();
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
                (byte)'E' => JsonTimes.TryTake(ref cursor, out sent),
                (byte)'T' => JsonTimes.TryTake(ref cursor, out time),
                (byte)'U' => cursor.TakeInt64(out first),
                (byte)'u' => cursor.TakeInt64(out last),
                BinanceValues.PreviousUpdate => cursor.TakeInt64(out previous),
                (byte)'b' => _levels.TryTake(ref cursor, BookSide.Bid),
                (byte)'a' => _levels.TryTake(ref cursor, BookSide.Ask),
                _ => cursor.Skip(),
            };
            if (!isTaken)
                return false;
            seen |= BinanceValues.Bit(key);
        }
        while (cursor.Take((byte)','));
        var required = stream.IsOfFutures ? RequiredOfFutures : Required;
        if (!cursor.Take((byte)'}') || (seen & required) != required || last < first)
            return false;
        var stamp = new EventStamp(last, time == EventStamp.None ? sent : time);
        update = new BookUpdate(stamp, IsSnapshot: false, first, last, previous, EventStamp.None);
        return true;
    }

    /// <summary>A whole book, best levels first, bids before asks whatever their order in the frame.</summary>
    public bool TryTakeWhole(ref JsonCursor cursor, out long lastUpdateId, out long time)
    {
        _levels.Clear();
        (lastUpdateId, time) = (0, EventStamp.None);
        var sent = EventStamp.None;
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
                isTaken = hasBids = _levels.TryTake(ref cursor, BookSide.Bid);
            else if (key.SequenceEqual("asks"u8) && hasBids && !hasAsks)
                isTaken = hasAsks = _levels.TryTake(ref cursor, BookSide.Ask);
            else if (key.SequenceEqual("T"u8))
                isTaken = JsonTimes.TryTake(ref cursor, out time);
            else if (key.SequenceEqual("E"u8))
                isTaken = JsonTimes.TryTake(ref cursor, out sent);
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
        if (time == EventStamp.None)
            time = sent;
        return cursor.Take((byte)'}') && hasId && hasBids && (hasAsks || _levels.TryTake(ref asks, BookSide.Ask));
    }
}
