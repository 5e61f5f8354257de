using Ticklake.Core.Events;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Coinbase;

/// <summary>Changes to one book out of the frame at hand; its levels are a range of the frame's.</summary>
readonly record struct CoinbaseBookPart(CoinbaseStream Stream, bool IsSnapshot, long TimeUs, int From, int Count);

/// <summary>
/// Books. Advanced Trade: <c>{"type","product_id","updates":[{"side","event_time","price_level","new_quantity"}]}</c>.
/// Exchange: <c>snapshot</c> with <c>bids</c> and <c>asks</c>, <c>l2update</c> with <c>changes</c>. Rows come in any
/// order; a zero, however written, removes.
/// </summary>
sealed class CoinbaseBookFrames(CoinbaseStreams streams)
{
    readonly JsonLevels _levels = new();
    readonly FrameRows<CoinbaseBookPart> _parts = new();

    public ReadOnlySpan<CoinbaseBookPart> Parts => _parts.Written;

    public ReadOnlySpan<BookLevel> LevelsOf(in CoinbaseBookPart part) => _levels.Written.Slice(part.From, part.Count);

    public void BeginFrame()
    {
        _levels.Clear();
        _parts.Clear();
    }

    /// <summary>One element of <c>events</c>, from after its brace.</summary>
    public bool TryTakeEvent(ref JsonCursor cursor)
    {
        bool isSnapshot = false, hasType = false;
        ReadOnlySpan<byte> product = default;
        var from = _levels.Written.Length;
        var time = EventStamp.None;
        var hasRows = false;
        do
        {
            if (!cursor.TakeKey(out var key))
                return false;
            bool isTaken;
            if (key.SequenceEqual("type"u8))
                isTaken = hasType = CoinbaseValues.TryTakeKind(ref cursor, out isSnapshot);
            else if (key.SequenceEqual("product_id"u8))
                isTaken = cursor.TakeString(out product);
            else if (key.SequenceEqual("updates"u8) && !hasRows)
                isTaken = hasRows = TryTakeRows(ref cursor, out time);
            else
                isTaken = cursor.Skip();
            if (!isTaken)
                return false;
        }
        while (cursor.Take((byte)','));
        if (!cursor.Take((byte)'}') || !hasRows || !hasType
            || streams.Find(CoinbaseStreamKind.Books, product) is not { } stream)
            return false;
        // Rows of a snapshot tell when each level changed last, not when the book was so.
        Add(stream, isSnapshot, isSnapshot ? EventStamp.None : time, from);
        return true;
    }

    /// <summary>An Exchange <c>snapshot</c>, from its first member to its brace.</summary>
    public bool TryTakeSnapshot(ref JsonCursor cursor)
    {
        ReadOnlySpan<byte> product = default;
        var time = EventStamp.None;
        bool hasBids = false, hasAsks = false;
        do
        {
            if (!cursor.TakeKey(out var key))
                return false;
            bool isTaken;
            if (key.SequenceEqual("product_id"u8))
                isTaken = cursor.TakeString(out product);
            else if (key.SequenceEqual("bids"u8) && !hasBids)
                isTaken = hasBids = _levels.TryTake(ref cursor, BookSide.Bid);
            else if (key.SequenceEqual("asks"u8) && !hasAsks)
                isTaken = hasAsks = _levels.TryTake(ref cursor, BookSide.Ask);
            else if (key.SequenceEqual("time"u8))
                isTaken = CoinbaseValues.TryTakeTime(ref cursor, out time);
            else
                isTaken = cursor.Skip();
            if (!isTaken)
                return false;
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)'}') && hasBids && hasAsks && TryAdd(product, isSnapshot: true, time);
    }

    /// <summary>An Exchange <c>l2update</c>, from its first member to its brace.</summary>
    public bool TryTakeUpdate(ref JsonCursor cursor)
    {
        ReadOnlySpan<byte> product = default;
        var time = EventStamp.None;
        var hasChanges = false;
        do
        {
            if (!cursor.TakeKey(out var key))
                return false;
            bool isTaken;
            if (key.SequenceEqual("product_id"u8))
                isTaken = cursor.TakeString(out product);
            else if (key.SequenceEqual("changes"u8) && !hasChanges)
                isTaken = hasChanges = TryTakeChanges(ref cursor);
            else if (key.SequenceEqual("time"u8))
                isTaken = CoinbaseValues.TryTakeTime(ref cursor, out time);
            else
                isTaken = cursor.Skip();
            if (!isTaken)
                return false;
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)'}') && hasChanges && TryAdd(product, isSnapshot: false, time);
    }

    bool TryAdd(ReadOnlySpan<byte> product, bool isSnapshot, long time)
    {
        if (streams.Find(CoinbaseStreamKind.ExchangeBooks, product) is not { } stream)
            return false;
        Add(stream, isSnapshot, time, from: 0);
        return true;
    }

    void Add(CoinbaseStream stream, bool isSnapshot, long time, int from) =>
        _parts.Add(new CoinbaseBookPart(stream, isSnapshot, time, from, _levels.Written.Length - from));

    /// <summary>The latest engine time among the rows, or <see cref="EventStamp.None"/> where none gives one.</summary>
    bool TryTakeRows(ref JsonCursor cursor, out long time)
    {
        time = EventStamp.None;
        if (!cursor.Take((byte)'['))
            return false;
        if (cursor.Take((byte)']'))
            return true;
        ReadOnlySpan<byte> known = default;
        do
        {
            var start = cursor;
            if (TryTakeUsualRow(ref cursor, ref known, ref time))
                continue;
            cursor = start;
            if (!TryTakeRow(ref cursor, ref time))
                return false;
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)']');
    }

    /// <summary>The row as it is always written: whole books have tens of thousands, nearly all of one time.</summary>
    bool TryTakeUsualRow(ref JsonCursor cursor, ref ReadOnlySpan<byte> known, ref long time)
    {
        if (!cursor.TakeExactly("{\"side\":\""u8))
            return false;
        var side = BookSide.Ask;
        if (cursor.TakeExactly("bid"u8))
            side = BookSide.Bid;
        else if (!cursor.TakeExactly("offer"u8))
            return false;
        if (!cursor.TakeExactly("\",\"event_time\":\""u8) || !TryTakeUsualTime(ref cursor, ref known, ref time)
            || !cursor.TakeExactly("\"price_level\":"u8) || !CoinbaseValues.TryTakeAmount(ref cursor, out var price)
            || !cursor.TakeExactly(",\"new_quantity\":"u8) || !CoinbaseValues.TryTakeAmount(ref cursor, out var amount)
            || !cursor.TakeExactly("}"u8))
            return false;
        _levels.Add(new BookLevel(side, price, amount));
        return true;
    }

    /// <summary>A time with its closing quote and comma; the text of the row before is not read again.</summary>
    static bool TryTakeUsualTime(ref JsonCursor cursor, ref ReadOnlySpan<byte> known, ref long time)
    {
        if (!known.IsEmpty && cursor.TakeExactly(known))
            return cursor.TakeExactly("\","u8);
        if (!cursor.TakeUntilQuote(out var text) || !CoinbaseValues.TryParseTime(text, out var read))
            return false;
        known = text;
        time = Math.Max(time, read);
        return true;
    }

    bool TryTakeRow(ref JsonCursor cursor, ref long time)
    {
        const int All = 7;
        var seen = 0;
        var side = BookSide.Bid;
        Core.Numbers.ExactDecimal price = default, amount = default;
        if (!cursor.Take((byte)'{'))
            return false;
        do
        {
            if (!cursor.TakeKey(out var key))
                return false;
            bool isTaken;
            if (key.SequenceEqual("side"u8))
                (isTaken, seen) = (TryTakeSide(ref cursor, out side), seen | 1);
            else if (key.SequenceEqual("price_level"u8))
                (isTaken, seen) = (CoinbaseValues.TryTakeAmount(ref cursor, out price), seen | 2);
            else if (key.SequenceEqual("new_quantity"u8))
                (isTaken, seen) = (CoinbaseValues.TryTakeAmount(ref cursor, out amount), seen | 4);
            else if (key.SequenceEqual("event_time"u8))
            {
                isTaken = CoinbaseValues.TryTakeTime(ref cursor, out var read);
                time = Math.Max(time, read);
            }
            else
                isTaken = cursor.Skip();
            if (!isTaken)
                return false;
        }
        while (cursor.Take((byte)','));
        if (!cursor.Take((byte)'}') || seen != All)
            return false;
        _levels.Add(new BookLevel(side, price, amount));
        return true;
    }

    /// <summary>The ask side is called <c>offer</c> (coinbase.md 4.8).</summary>
    static bool TryTakeSide(ref JsonCursor cursor, out BookSide side)
    {
        side = BookSide.Bid;
        if (!cursor.TakeString(out var text))
            return false;
        if (text.SequenceEqual("offer"u8))
            side = BookSide.Ask;
        return side == BookSide.Ask || text.SequenceEqual("bid"u8);
    }

    /// <summary><c>[["buy","price","size"],…]</c>: <c>buy</c> is the bid side.</summary>
    bool TryTakeChanges(ref JsonCursor cursor)
    {
        if (!cursor.Take((byte)'['))
            return false;
        if (cursor.Take((byte)']'))
            return true;
        do
        {
            if (!cursor.Take((byte)'[') || !cursor.TakeString(out var text))
                return false;
            var isBid = text.SequenceEqual("buy"u8);
            if ((!isBid && !text.SequenceEqual("sell"u8))
                || !cursor.Take((byte)',') || !CoinbaseValues.TryTakeAmount(ref cursor, out var price)
                || !cursor.Take((byte)',') || !CoinbaseValues.TryTakeAmount(ref cursor, out var amount)
                || !(cursor.Take((byte)']') || cursor.SkipToArrayEnd()))
                return false;
            _levels.Add(new BookLevel(isBid ? BookSide.Bid : BookSide.Ask, price, amount));
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)']');
    }
}
