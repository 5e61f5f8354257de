namespace Ticklake.Simulator.Market;

/// <summary>One side of a market: its orders best first (price, then age) and their levels, kept in step.</summary>
public sealed class BookSide(bool isBid)
{
    readonly List<RestingOrder> _orders = [];
    readonly List<BookLevel> _levels = [];

    public bool IsBid { get; } = isBid;

    public IReadOnlyList<RestingOrder> Orders => _orders;

    public IReadOnlyList<BookLevel> Levels => _levels;

    /// <summary>True where the first price stands before the second in this side's order.</summary>
    public bool IsBetter(long price, long other) => IsBid ? price > other : price < other;

    internal void Add(RestingOrder order)
    {
        _orders.Insert(FindOrder(order), order);
        Adjust(order.Price, order.Amount, 1);
    }

    internal RestingOrder RemoveAt(int index)
    {
        var order = _orders[index];
        _orders.RemoveAt(index);
        Adjust(order.Price, -order.Amount, -1);
        return order;
    }

    internal void Resize(int index, long amount)
    {
        var order = _orders[index];
        _orders[index] = order with { Amount = amount };
        Adjust(order.Price, amount - order.Amount, 0);
    }

    /// <summary>The total at a price, 0 where there is none.</summary>
    public long AmountAt(long price)
    {
        var index = FindLevel(price);
        return index < _levels.Count && _levels[index].Price == price ? _levels[index].Amount : 0;
    }

    /// <summary>
    /// The first levels at a precision: prices of <paramref name="significantDigits"/> digits, bids rounded down and
    /// asks
    /// up so that no aggregate promises a better price than its orders give.
    /// </summary>
    public void Top(int significantDigits, int count, List<BookLevel> into)
    {
        into.Clear();
        foreach (var level in _levels)
        {
            var price = Round(level.Price, significantDigits);
            if (into.Count > 0 && into[^1].Price == price)
            {
                var last = into[^1];
                into[^1] = new(price, last.Amount + level.Amount, last.Count + level.Count);
            }
            else if (into.Count == count)
            {
                return;
            }
            else
            {
                into.Add(level with { Price = price });
            }
        }
    }

    long Round(long price, int significantDigits)
    {
        long step = 1;
        for (var rest = price; rest >= Power(significantDigits); rest /= 10)
            step *= 10;
        return IsBid ? price / step * step : (price + step - 1) / step * step;
    }

    static long Power(int digits)
    {
        long power = 1;
        for (; digits > 0; digits--)
            power *= 10;
        return power;
    }

    void Adjust(long price, long amount, int count)
    {
        var index = FindLevel(price);
        if (index == _levels.Count || _levels[index].Price != price)
        {
            _levels.Insert(index, new(price, amount, count));
            return;
        }

        var level = _levels[index];
        if (level.Count + count == 0)
            _levels.RemoveAt(index);
        else
            _levels[index] = new(price, level.Amount + amount, level.Count + count);
    }

    int FindLevel(long price)
    {
        var (low, high) = (0, _levels.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (IsBetter(_levels[middle].Price, price))
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    int FindOrder(RestingOrder order)
    {
        var (low, high) = (0, _orders.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var other = _orders[middle];
            if (IsBetter(other.Price, order.Price) || (other.Price == order.Price && other.Id < order.Id))
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
