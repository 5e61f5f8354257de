using System.Runtime.CompilerServices;
using Ticklake.Core.Events;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Okx;

/// <summary>
/// Depth: <c>books</c> with <c>action</c> (<c>asks bids ts checksum prevSeqId seqId</c>), <c>books5</c> and <c>bbo-tbt</c>
/// without (<c>asks bids ts seqId</c>). Levels are <c>["price","size","0","orders"]</c>; size 0 removes (okx.md 4.2).
/// </summary>
sealed class OkxBookFrames
{
    const OkxMember Required = OkxMember.Asks | OkxMember.Bids | OkxMember.Time;

    readonly FrameRows<OkxBook> _books = new();
    readonly FrameRows<BookLevel> _levels = new();
    readonly FrameRows<BookLevel> _asks = new();

    /// <summary>The elements of the frame at hand.</summary>
    public ReadOnlySpan<OkxBook> Books => _books.Written;

    /// <summary>Levels of one of them, bids before asks.</summary>
    public ReadOnlySpan<BookLevel> LevelsOf(int index) =>
        _levels.Written[(index == 0 ? 0 : _books.Written[index - 1].LevelsEnd).._books.Written[index].LevelsEnd];

    public void Clear()
    {
        _books.Clear();
        _levels.Clear();
    }

    /// <summary>Takes one element; <paramref name="action"/> is empty for channels whose every frame is whole.</summary>
    public bool TryTake(ref JsonCursor cursor, OkxStream stream, ReadOnlySpan<byte> action)
    {
        var isChained = stream.Kind == OkxStreamKind.Book;
        var isSnapshot = !isChained || action.SequenceEqual("snapshot"u8);
        if (!isSnapshot && !action.SequenceEqual("update"u8))
            return false;
        long time = 0, seq = EventStamp.None, previous = EventStamp.None, checksum = 0;
        var seen = OkxMember.None;
        _asks.Clear();
        if (!cursor.Take((byte)'{'))
            return false;
        do
        {
            if (!OkxValues.TryTakeMember(ref cursor, ref seen, out var member))
                return false;
            var isTaken = member switch
            {
                OkxMember.Asks => TryTakeLevels(ref cursor, BookSide.Ask, _asks),
                OkxMember.Bids => TryTakeLevels(ref cursor, BookSide.Bid, _levels),
                OkxMember.Time => JsonTimes.TryTakeQuoted(ref cursor, out time),
                OkxMember.SeqId => cursor.TakeInt64(out seq) && seq >= 0,
                OkxMember.PrevSeqId => cursor.TakeInt64(out previous) && previous >= -1,
                OkxMember.Checksum => cursor.TakeInt64(out checksum) && checksum is >= int.MinValue and <= int.MaxValue,
                OkxMember.InstId => OkxValues.TryTakeSymbol(ref cursor, stream),
                _ => cursor.Skip(),
            };
            if (!isTaken)
                return false;
        }
        while (cursor.Take((byte)','));
        if (!cursor.Take((byte)'}') || (seen & Required) != Required)
            return false;
        // -1 says "after nothing" and belongs to snapshots; an update with an id but without the one before it cannot be placed.
        if (previous < 0)
            previous = EventStamp.None;
        if (isChained && !isSnapshot && (seq == EventStamp.None) != (previous == EventStamp.None))
            return false;
        _levels.AddRange(_asks.Written);
        var update = new BookUpdate(
            new EventStamp(seq, time), isSnapshot, EventStamp.None, seq, isChained && !isSnapshot ? previous : EventStamp.None,
            EventStamp.None);
        _books.Add(new OkxBook(update, (int)checksum, _levels.Count));
        return true;
    }

    static bool TryTakeLevels(ref JsonCursor cursor, BookSide side, FrameRows<BookLevel> levels)
    {
        if (!cursor.Take((byte)'['))
            return false;
        if (cursor.Take((byte)']'))
            return true;
        do
        {
            if (!cursor.Take((byte)'[')
                || !OkxValues.TryTakeAmount(ref cursor, out var price) || !cursor.Take((byte)',')
                || !OkxValues.TryTakeAmount(ref cursor, out var amount) || !TryTakeOrders(ref cursor, out var orders))
                return false;
            levels.Add(new BookLevel(side, price, amount, orders));
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)']');
    }

    /// <summary>Takes the rest of a level, <c>,"0","4"]</c>: the third part means nothing, the fourth counts orders.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool TryTakeOrders(ref JsonCursor cursor, out int orders)
    {
        if (!cursor.TakeExactly(",\"0\",\""u8))
            return TryTakeUnusualOrders(ref cursor, out orders);
        orders = 0;
        if (!cursor.TakeInt64(out var count) || count is < 0 or > int.MaxValue || !cursor.TakeExactly("\""u8))
            return false;
        orders = (int)count;
        return cursor.Take((byte)']') || cursor.SkipToArrayEnd();
    }

    static bool TryTakeUnusualOrders(ref JsonCursor cursor, out int orders)
    {
        orders = -1;
        if (cursor.Take((byte)']'))
            return true;
        if (!cursor.Take((byte)',') || !cursor.Skip())
            return false;
        if (cursor.Take((byte)']'))
            return true;
        if (!cursor.Take((byte)',') || !OkxValues.TryTakeInteger(ref cursor, out var count) || count > int.MaxValue)
            return false;
        orders = (int)count;
        return cursor.Take((byte)']') || cursor.SkipToArrayEnd();
    }
}
