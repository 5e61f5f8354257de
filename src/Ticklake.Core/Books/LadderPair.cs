using Ticklake.Core.Events;
using Ticklake.Core.Numbers;

namespace Ticklake.Core.Books;

/// <summary>
/// Both sides of a book and the scale of their price ticks, which grows when a finer price arrives. Where ticks of
/// 62 bits cannot hold the prices (a 10^15 next to a 10^-9), the book compares exact prices instead until it is
/// cleared: slower, never wrong.
/// </summary>
sealed class LadderPair<TItem, TOrder>
    where TItem : struct
    where TOrder : struct, ILadderOrder<TItem>
{
    // The difference of two keys must not overflow.
    const long MaxTicks = 1L << 62;

    // Prices are written with a fixed number of digits or few of them: up to here their scale is taken as it is, beyond
    // it trailing zeros are dropped first. 10^-10 leaves room for prices up to 4 × 10^8.
    const int MaxWrittenScale = 10;

    readonly Ladder<TItem, TOrder> _bids = new(1);
    readonly Ladder<TItem, TOrder> _asks = new(-1);
    int _scale;

    internal Ladder<TItem, TOrder> this[BookSide side] => side == BookSide.Bid ? _bids : _asks;

    internal bool IsCrossed
    {
        get
        {
            if (_bids.Count == 0 || _asks.Count == 0)
                return false;
            return _bids.ComparesPrices
                ? TOrder.Price(_bids.Best) >= TOrder.Price(_asks.Best)
                : _bids.BestKey >= -_asks.BestKey;
        }
    }

    /// <summary>The key of a price on a side; may change the keys of everything in the book.</summary>
    internal long KeyOf(BookSide side, in ExactDecimal price)
    {
        if (price.IsNone)
            throw new ArgumentException("A book needs a price.", nameof(price));
        var mantissa = price.Mantissa;
        var ticks = price.Scale == _scale && mantissa is <= MaxTicks and >= -MaxTicks ? mantissa : ToTicks(price);
        return side == BookSide.Bid ? ticks : -ticks;
    }

    internal void Clear()
    {
        _bids.Clear();
        _asks.Clear();
        _scale = 0;
    }

    long ToTicks(in ExactDecimal price)
    {
        if (_bids.ComparesPrices)
            return 0;
        if (TryScale(price.Mantissa, _scale - price.Scale, out var ticks))
            return ticks;
        if (price.Scale > _scale && price.Scale <= MaxWrittenScale && TryGrow(price.Scale)
            && TryScale(price.Mantissa, 0, out ticks))
            return ticks;
        return StrippedToTicks(price);
    }

    long StrippedToTicks(in ExactDecimal price)
    {
        var (magnitude, scale) = PowersOfTen.StripZeros(price.Magnitude, price.Scale);
        var mantissa = price.IsNegative ? -(long)magnitude : (long)magnitude;
        if ((scale <= _scale || TryGrow(scale)) && TryScale(mantissa, _scale - scale, out var ticks))
            return ticks;
        _bids.ComparesPrices = true;
        _asks.ComparesPrices = true;
        return 0;
    }

    static bool TryScale(long mantissa, int places, out long ticks)
    {
        ticks = 0;
        if (mantissa == 0)
            return true;
        if (places is < 0 or > PowersOfTen.MaxExponent)
            return false;
        var high = Math.BigMul(mantissa, PowersOfTen.Get(places), out ticks);
        return high == ticks >> 63 && ticks is <= MaxTicks and >= -MaxTicks;
    }

    bool TryGrow(int scale)
    {
        var places = scale - _scale;
        if (_bids.Count + _asks.Count > 0)
        {
            // The keys are sorted: if the outermost fit, all do.
            if (places > PowersOfTen.MaxExponent || !Fits(_bids, places) || !Fits(_asks, places))
                return false;
            _bids.MultiplyKeys(PowersOfTen.Get(places));
            _asks.MultiplyKeys(PowersOfTen.Get(places));
        }

        _scale = scale;
        return true;
    }

    static bool Fits(Ladder<TItem, TOrder> side, int places) => side.Count == 0
        || (TryScale(side.BestKey, places, out _) && TryScale(side.WorstKey, places, out _));
}
