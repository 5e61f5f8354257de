using Ticklake.Core.Events;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Gateio;

/// <summary>
/// Books: <c>spot.obu</c> and <c>spot.order_book_update</c> (<c>t full l e E s U u b a</c>, sides may be missing), the
/// whole tops of <c>spot.order_book</c> (<c>t lastUpdateId s l bids asks</c>) and REST books (<c>id current update asks
/// bids</c>). Levels are <c>["price","amount"]</c>; amount 0 removes.
/// </summary>
sealed class GateioBookFrames(GateioStreams streams)
{
    static readonly ulong Required = JsonLetters.Bit('s') | JsonLetters.Bit('u');

    readonly JsonLevels _levels = new();

    public ReadOnlySpan<BookLevel> Levels => _levels.Written;

    /// <summary>The stream is null where it is none that is recorded.</summary>
    public bool TryTakeUpdate(ref JsonCursor cursor, GateioStreamKind kind, out NamedStream? stream, out BookUpdate update)
    {
        long time = EventStamp.None, first = EventStamp.None, last = 0;
        ReadOnlySpan<byte> name = default, depth = default;
        var isFull = false;
        ulong seen = 0;
        _levels.Clear();
        stream = null;
        update = default;
        if (!cursor.Take((byte)'{'))
            return false;
        do
        {
            if (!JsonLetters.TryTake(ref cursor, out var key, out var longer))
                return false;
            var isTaken = key switch
            {
                (byte)'t' => JsonTimes.TryTake(ref cursor, out time),
                (byte)'s' => cursor.TakeString(out name),
                (byte)'l' => TryTakeDepth(ref cursor, out depth),
                (byte)'U' => cursor.TakeInt64(out first),
                (byte)'u' => cursor.TakeInt64(out last),
                (byte)'b' => TryTakeSide(ref cursor, BookSide.Bid),
                (byte)'a' => TryTakeSide(ref cursor, BookSide.Ask),
                _ => longer.SequenceEqual("full"u8) ? cursor.TakeBool(out isFull) : cursor.Skip(),
            };
            if (!isTaken)
                return false;
            seen |= JsonLetters.Bit(key);
        }
        while (cursor.Take((byte)','));
        // Only a whole book may leave out where it begins.
        if (!cursor.Take((byte)'}') || (seen & Required) != Required
            || (first == EventStamp.None ? !isFull : last < first))
            return false;
        stream = kind == GateioStreamKind.Book
            ? streams.Find(kind, name)
            : streams.Find(kind, name, depth.SequenceEqual("20"u8) ? depth : "100"u8);
        update = new BookUpdate(
            new EventStamp(last, time), isFull, FirstOf(kind, isFull, first, last), last, EventStamp.None, EventStamp.None);
        return true;
    }

    /// <summary>The best levels, whole.</summary>
    public bool TryTakeTop(ref JsonCursor cursor, out NamedStream? stream, out DepthSnapshot snapshot)
    {
        long time = EventStamp.None, id = 0;
        ReadOnlySpan<byte> pair = default, depth = GateioChannels.TopLevelsText;
        var hasId = false;
        stream = null;
        snapshot = default;
        var sides = new Sides(cursor);
        _levels.Clear();
        if (!cursor.Take((byte)'{'))
            return false;
        do
        {
            if (!cursor.TakeKey(out var key))
                return false;
            var isTaken = key.SequenceEqual("lastUpdateId"u8) ? hasId = cursor.TakeInt64(out id)
                : key.SequenceEqual("t"u8) ? JsonTimes.TryTake(ref cursor, out time)
                : key.SequenceEqual("s"u8) ? cursor.TakeString(out pair)
                : key.SequenceEqual("l"u8) ? TryTakeDepth(ref cursor, out depth)
                : TryTakeSides(ref cursor, key, ref sides);
            if (!isTaken)
                return false;
        }
        while (cursor.Take((byte)','));
        if (!cursor.Take((byte)'}') || !hasId || pair.IsEmpty || !TryFinish(sides))
            return false;
        stream = streams.Find(GateioStreamKind.TopOfBook, pair, depth);
        snapshot = new DepthSnapshot(new EventStamp(id, time), id);
        return true;
    }

    /// <summary>A REST book; false also where it carries no id, which is only given on demand.</summary>
    public bool TryTakeAnswer(ref JsonCursor cursor, out BookUpdate update)
    {
        long time = EventStamp.None, id = 0;
        var hasId = false;
        update = default;
        var sides = new Sides(cursor);
        _levels.Clear();
        if (!cursor.Take((byte)'{'))
            return false;
        do
        {
            if (!cursor.TakeKey(out var key))
                return false;
            var isTaken = key.SequenceEqual("id"u8) ? hasId = cursor.TakeInt64(out id)
                : key.SequenceEqual("update"u8) ? JsonTimes.TryTake(ref cursor, out time)
                : TryTakeSides(ref cursor, key, ref sides);
            if (!isTaken)
                return false;
        }
        while (cursor.Take((byte)','));
        if (!cursor.Take((byte)'}') || !hasId || !TryFinish(sides))
            return false;
        update = new BookUpdate(
            new EventStamp(id, time), IsSnapshot: true, EventStamp.None, id, EventStamp.None, EventStamp.None);
        return true;
    }

    /// <summary>
    /// A whole book in the older feed replaces what REST gave: that it has a first id tells the two apart.
    /// </summary>
    static long FirstOf(GateioStreamKind kind, bool isFull, long first, long last) =>
        kind == GateioStreamKind.BookUpdate && isFull && first == EventStamp.None ? last : first;

    bool TryTakeSide(ref JsonCursor cursor, BookSide side) =>
        cursor.Next() == 'n' ? cursor.TakeNull() : _levels.TryTake(ref cursor, side);

    // A string wherever it was seen; numbers and strings change places in this API.
    static bool TryTakeDepth(scoped ref JsonCursor cursor, out ReadOnlySpan<byte> depth) =>
        cursor.Next() == '"' ? cursor.TakeString(out depth) : cursor.TakeValue(out depth);

    // Bids before asks, whatever their order in the frame.
    bool TryTakeSides(ref JsonCursor cursor, ReadOnlySpan<byte> key, ref Sides sides)
    {
        if (key.SequenceEqual("bids"u8) && !sides.HasBids)
            return sides.HasBids = TryTakeSide(ref cursor, BookSide.Bid);
        if (!key.SequenceEqual("asks"u8) || sides.HasAsks)
            return cursor.Skip();
        sides.HasAsks = true;
        if (sides.HasBids)
            return TryTakeSide(ref cursor, BookSide.Ask);
        sides.EarlyAsks = cursor;
        sides.AreAsksLeft = true;
        return cursor.Skip();
    }

    bool TryFinish(Sides sides)
    {
        if (!sides.HasBids || !sides.HasAsks)
            return false;
        return !sides.AreAsksLeft || TryTakeSide(ref sides.EarlyAsks, BookSide.Ask);
    }

    ref struct Sides(JsonCursor cursor)
    {
        public JsonCursor EarlyAsks = cursor;

        public bool AreAsksLeft { get; set; }

        public bool HasBids { get; set; }

        public bool HasAsks { get; set; }
    }
}
