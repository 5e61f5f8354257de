using Ticklake.Core.Events;
using Ticklake.Core.Numbers;

namespace Ticklake.Exchanges.Json;

/// <summary>
/// Book levels read from JSON: <c>[["price","amount", …], …]</c>, whatever stands behind the amount is skipped. One
/// list per decoder, used again for every frame. On its session's thread.
/// </summary>
sealed class JsonLevels
{
    // Busy symbols change some hundred levels in 100 ms; whole books have thousands a side.
    BookLevel[] _levels = new BookLevel[1024];
    int _count;

    public ReadOnlySpan<BookLevel> Written => _levels.AsSpan(0, _count);

    public void Clear() => _count = 0;

    public void Add(in BookLevel level)
    {
        if (_count == _levels.Length)
            Array.Resize(ref _levels, _count * 2);
        _levels[_count++] = level;
    }

    /// <summary>Takes one side's array and adds its levels; false where it is not as documented.</summary>
    public bool TryTake(ref JsonCursor cursor, BookSide side)
    {
        if (!cursor.Take((byte)'['))
            return false;
        if (cursor.Take((byte)']'))
            return true;
        do
        {
            if (_count == FrameLimits.Entries || !cursor.Take((byte)'[')
                || !cursor.TakeQuotedDecimal(out var price) || price.IsNegative || !cursor.Take((byte)',')
                || !cursor.TakeQuotedDecimal(out var amount) || amount.IsNegative
                || !(cursor.Take((byte)']') || cursor.SkipToArrayEnd()))
                return false;
            Add(new BookLevel(side, price, amount));
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)']');
    }

    /// <summary>As <see cref="TryTake"/>, of levels that are objects with members of these names.</summary>
    public bool TryTakeObjects(
        ref JsonCursor cursor, BookSide side, ReadOnlySpan<byte> priceName, ReadOnlySpan<byte> amountName)
    {
        if (!cursor.Take((byte)'['))
            return false;
        if (cursor.Take((byte)']'))
            return true;
        do
        {
            if (_count == FrameLimits.Entries || !TryTakeObject(ref cursor, side, priceName, amountName))
                return false;
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)']');
    }

    bool TryTakeObject(
        ref JsonCursor cursor, BookSide side, ReadOnlySpan<byte> priceName, ReadOnlySpan<byte> amountName)
    {
        var (price, amount) = (ExactDecimal.None, ExactDecimal.None);
        if (!cursor.Take((byte)'{'))
            return false;
        do
        {
            if (!cursor.TakeKey(out var key))
                return false;
            var isTaken = key.SequenceEqual(priceName) ? cursor.TakeQuotedDecimal(out price) && !price.IsNegative
                : key.SequenceEqual(amountName) ? cursor.TakeQuotedDecimal(out amount) && !amount.IsNegative
                : cursor.Skip();
            if (!isTaken)
                return false;
        }
        while (cursor.Take((byte)','));
        if (!cursor.Take((byte)'}') || price.IsNone || amount.IsNone)
            return false;
        Add(new BookLevel(side, price, amount));
        return true;
    }
}
