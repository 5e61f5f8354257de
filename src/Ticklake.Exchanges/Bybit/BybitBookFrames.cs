using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Bybit;

/// <summary>
/// <c>orderbook</c>: <c>s b a u seq</c>; levels are <c>["price","size"]</c>, size 0 removes. <c>u</c> numbers the
/// messages of the topic, <c>seq</c> orders the matching engine's events over all topics of a symbol. On its session's
/// thread.
/// </summary>
sealed class BybitBookFrames
{
    readonly JsonLevels _levels = new();
    long _updateId;
    long _crossSequence;

    public ReadOnlySpan<BookLevel> Levels => _levels.Written;

    public bool TryTake(ref JsonCursor cursor, BybitStream stream)
    {
        bool hasBids = false, hasAsks = false, hasId = false;
        _levels.Clear();
        _crossSequence = EventStamp.None;
        if (!cursor.Take((byte)'{'))
            return false;
        do
        {
            if (!JsonLetters.TryTake(ref cursor, out var key, out var name))
                return false;
            var isTaken = key switch
            {
                (byte)'s' => BybitValues.TryTakeText(ref cursor, stream.Symbol),
                (byte)'b' => !hasBids && (hasBids = _levels.TryTake(ref cursor, BookSide.Bid)),
                (byte)'a' => !hasAsks && (hasAsks = _levels.TryTake(ref cursor, BookSide.Ask)),
                (byte)'u' => hasId = cursor.TakeInt64(out _updateId),
                _ => name.SequenceEqual("seq"u8) ? cursor.TakeInt64(out _crossSequence) : cursor.Skip(),
            };
            if (!isTaken)
                return false;
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)'}') && hasBids && hasAsks && hasId && _updateId > 0;
    }

    /// <summary>
    /// The matching engine's time where the message has it. Both update ids are <c>u</c>: each message is one update.
    /// </summary>
    public BookUpdate ToUpdate(in BybitMessage message) => new(
        new EventStamp(_crossSequence, message.EngineTimeUs),
        message.IsSnapshot,
        _updateId,
        _updateId,
        EventStamp.None,
        EventStamp.None);

    /// <summary>
    /// Best prices out of the levels: of a snapshot the first of each side, none where a side is empty. Before
    /// 2025-03-20 level 1 had deltas too: those change what was.
    /// </summary>
    public BookTickerEvent ToBest(in BybitMessage message, in BookTickerEvent last)
    {
        ExactDecimal bid = ExactDecimal.None, bidSize = bid, ask = bid, askSize = bid;
        if (!message.IsSnapshot)
            (bid, bidSize, ask, askSize) = (last.Bid, last.BidSize, last.Ask, last.AskSize);
        foreach (ref readonly var level in _levels.Written)
        {
            if (level.Side == BookSide.Bid)
                Apply(level, ref bid, ref bidSize, message.IsSnapshot);
            else
                Apply(level, ref ask, ref askSize, message.IsSnapshot);
        }

        return new BookTickerEvent(
            new EventStamp(_crossSequence, message.EngineTimeUs), bid, bidSize, ask, askSize, _updateId);
    }

    static void Apply(in BookLevel level, ref ExactDecimal price, ref ExactDecimal size, bool isSnapshot)
    {
        if (isSnapshot && !price.IsNone)
            return;
        if (!level.Amount.IsZero)
            (price, size) = (level.Price, level.Amount);
        else if (price == level.Price)
            (price, size) = (ExactDecimal.None, ExactDecimal.None);
    }
}
