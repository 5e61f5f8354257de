using System.Runtime.CompilerServices;
using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Bitfinex;

/// <summary>
/// Book payloads: <c>[PRICE,COUNT,±AMOUNT]</c> (P0–P4) and <c>[ORDER_ID,PRICE,±AMOUNT]</c> (R0), one entry or a list.
/// The sign of AMOUNT is the side; COUNT 0, or PRICE 0 of an order, deletes, and then AMOUNT is nothing but that sign.
/// </summary>
sealed class BitfinexBookFrames
{
    // A snapshot has at most 250 entries a side.
    BookLevel[] _levels = new BookLevel[512];
    BookOrder[] _orders = [];
    int _count;

    public ReadOnlySpan<BookLevel> Levels => _levels.AsSpan(0, _count);

    public ReadOnlySpan<BookOrder> Orders => _orders.AsSpan(0, _count);

    /// <param name="cursor">At the payload.</param>
    /// <param name="isList">The payload is a list of entries, perhaps empty: a snapshot or a bulk update.</param>
    public bool TryTakeLevels(ref JsonCursor cursor, out bool isList)
    {
        _count = 0;
        isList = false;
        if (!cursor.Take((byte)'['))
            return false;
        if (cursor.Next() is not ((byte)'[' or (byte)']'))
        {
            _count = 1;
            return TryTakeLevel(ref cursor, out _levels[0]);
        }

        isList = true;
        if (cursor.Take((byte)']'))
            return true;
        do
        {
            if (_count == _levels.Length)
                Array.Resize(ref _levels, _count * 2);
            if (_count == FrameLimits.Entries || !cursor.Take((byte)'[') || !TryTakeLevel(ref cursor, out _levels[_count++]))
                return false;
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)']');
    }

    /// <inheritdoc cref="TryTakeLevels"/>
    public bool TryTakeOrders(ref JsonCursor cursor, out bool isList)
    {
        _count = 0;
        isList = false;
        if (_orders.Length == 0)
            _orders = new BookOrder[512];
        if (!cursor.Take((byte)'['))
            return false;
        if (cursor.Next() is not ((byte)'[' or (byte)']'))
        {
            _count = 1;
            return TryTakeOrder(ref cursor, out _orders[0]);
        }

        isList = true;
        if (cursor.Take((byte)']'))
            return true;
        do
        {
            if (_count == _orders.Length)
                Array.Resize(ref _orders, _count * 2);
            if (_count == FrameLimits.Entries || !cursor.Take((byte)'[') || !TryTakeOrder(ref cursor, out _orders[_count++]))
                return false;
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)']');
    }

    /// <summary>From after an entry's opening bracket to its end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool TryTakeLevel(ref JsonCursor cursor, out BookLevel level)
    {
        if (!cursor.TakeDecimal(out var price) || !cursor.Take((byte)',')
            || !cursor.TakeInt64(out var count) || (ulong)count > int.MaxValue || !cursor.Take((byte)',')
            || !cursor.TakeDecimal(out var amount) || amount.IsZero || !TakeEntryEnd(ref cursor))
        {
            level = default;
            return false;
        }

        level = new BookLevel(SideOf(amount), price, count == 0 ? ExactDecimal.Zero : amount.Abs(), (int)count);
        return true;
    }

    static bool TryTakeOrder(ref JsonCursor cursor, out BookOrder order)
    {
        if (!cursor.TakeInt64(out var id) || !cursor.Take((byte)',')
            || !cursor.TakeDecimal(out var price) || !cursor.Take((byte)',')
            || !cursor.TakeDecimal(out var amount) || amount.IsZero || !TakeEntryEnd(ref cursor))
        {
            order = default;
            return false;
        }

        order = price.IsZero
            ? new BookOrder(id, SideOf(amount), ExactDecimal.Zero, ExactDecimal.Zero, IsDelete: true)
            : new BookOrder(id, SideOf(amount), price, amount.Abs(), IsDelete: false);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool TakeEntryEnd(ref JsonCursor cursor) => cursor.Take((byte)']') || cursor.SkipToArrayEnd();

    static BookSide SideOf(ExactDecimal amount) => amount.IsNegative ? BookSide.Ask : BookSide.Bid;
}
