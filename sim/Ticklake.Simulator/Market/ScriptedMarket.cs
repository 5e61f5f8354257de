namespace Ticklake.Simulator.Market;

/// <summary>
/// One symbol's market: random orders on a real order-by-order book, whose whole course follows from the seed and the
/// symbol's name. Stepped by the timeline; every member is used with the timeline's gate held, except
/// <see cref="Snapshot"/> and <see cref="Orders"/>, which take it.
/// </summary>
public sealed class ScriptedMarket
{
    // Enough orders that a 250 level window is full and levels fall out of it and come back.
    const int FewestOrders = 320;
    const int MostOrders = 420;
    const int WarmUpSteps = 600;
    const int RememberedTrades = 2_000;

    readonly Timeline _timeline;
    readonly Random _random;
    readonly double _eventsPerSecond;
    readonly MarketStep _step = new();
    readonly List<MarketTrade> _trades = [];
    double _reference;
    long _nextOrderId;
    long _nextTradeId;
    long _nextTaker = 1;
    long _stepTimeUs;

    internal ScriptedMarket(SymbolSpec symbol, Timeline timeline, MarketPace pace)
    {
        Symbol = symbol;
        _timeline = timeline;
        _eventsPerSecond = pace.EventsPerSecond;
        _random = SeededRandom.For(pace.Seed, symbol.Symbol);
        _reference = symbol.StartPrice;
        var offset = (long)(SeededRandom.Hash(symbol.Symbol) % 1_000_000);
        _nextOrderId = 45_761_000_000 + (offset * 1_000);
        _nextTradeId = 1_790_000_000 + (offset * 100);
        LastUpdateId = 40_000_000_000 + offset;
        _stepTimeUs = timeline.StartUs;
        Candles = new(symbol, pace, timeline.StartUs);
        Day = new(symbol);
        WarmUp();
        Opening = TakeSnapshot(int.MaxValue);
        ScheduleNext();
    }

    public SymbolSpec Symbol { get; }

    public BookSide Bids { get; } = new(isBid: true);

    public BookSide Asks { get; } = new(isBid: false);

    /// <summary>One more for every level change, across all streams of the symbol.</summary>
    public long LastUpdateId { get; private set; }

    /// <summary>The latest fills, oldest first.</summary>
    public IReadOnlyList<MarketTrade> Trades => _trades;

    /// <summary>The book as the simulation began: what a stale snapshot shows.</summary>
    public BookSnapshot Opening { get; }

    internal CandleBoard Candles { get; }

    internal DayStatistics Day { get; }

    /// <summary>After each step, in the order of subscription.</summary>
    internal event Action<MarketStep>? Stepped;

    /// <summary>The true book now, whole. May be called from any thread.</summary>
    public BookSnapshot Snapshot(int depth = int.MaxValue)
    {
        lock (_timeline.Gate)
            return TakeSnapshot(depth);
    }

    /// <summary>The true book now, order by order. May be called from any thread.</summary>
    public BookSnapshot Orders()
    {
        lock (_timeline.Gate)
            return new(LastUpdateId, Rows(Bids), Rows(Asks));

        List<BookRow> Rows(BookSide side) =>
            [.. side.Orders.Select(o => new BookRow(PriceOf(o.Price), AmountOf(o.Amount), 1, o.Id))];
    }

    public decimal PriceOf(long price) => Scaled(price, Symbol.PriceScale);

    public static decimal AmountOf(long amount) => Scaled(amount, SymbolSpec.AmountScale);

    internal static decimal Scaled(long mantissa, int scale) =>
        new decimal((int)(Math.Abs(mantissa) & 0xFFFFFFFF), (int)(Math.Abs(mantissa) >> 32), 0, mantissa < 0,
            (byte)scale);

    /// <summary>Leaves a hole in the update ids, as a lost message inside the exchange would.</summary>
    internal void SkipUpdateIds(int count) => LastUpdateId += count;

    internal void SkipTradeIds(int count) => _nextTradeId += count;

    internal BookSnapshot TakeSnapshot(int depth)
    {
        return new(LastUpdateId, Rows(Bids), Rows(Asks));

        List<BookRow> Rows(BookSide side) =>
            [.. side.Levels.Take(depth).Select(l => new BookRow(PriceOf(l.Price), AmountOf(l.Amount), l.Count))];
    }

    void ScheduleNext()
    {
        if (_eventsPerSecond <= 0)
            return;
        _stepTimeUs += _random.WaitUs(_eventsPerSecond);
        _timeline.At(_stepTimeUs, () =>
        {
            Step(_stepTimeUs);
            ScheduleNext();
        });
    }

    void WarmUp()
    {
        for (var i = 0; i < FewestOrders; i++)
        {
            Place(Bids);
            Place(Asks);
        }

        for (var i = WarmUpSteps; i > 0; i--)
            Step(_timeline.StartUs - (i * 100_000L));
    }

    void Step(long timeUs)
    {
        _step.Clear(LastUpdateId + 1);
        _reference += _random.Gaussian() * Symbol.StartPrice * 0.00004;
        // Pulled back towards the start, so that prices keep their number of digits for ever.
        _reference += (Symbol.StartPrice - _reference) * 0.001;
        var side = _random.Next(2) == 0 ? Bids : Asks;
        var roll = _random.NextDouble();
        if (side.Orders.Count < FewestOrders || (roll < 0.38 && side.Orders.Count < MostOrders))
            Place(side);
        else if (roll < 0.68)
            Cancel(side);
        else if (roll < 0.82)
            Resize(side);
        else if (roll < 0.87)
            Move(side);
        else
            Take(timeUs);
        Stepped?.Invoke(_step);
    }

    void Place(BookSide side)
    {
        var order = new RestingOrder(_nextOrderId++, PickPrice(side), PickAmount());
        side.Add(order);
        Touch(side, order.Price);
    }

    void Cancel(BookSide side) => Touch(side, side.RemoveAt(PickOrder(side)).Price);

    void Resize(BookSide side)
    {
        var index = PickOrder(side);
        side.Resize(index, PickAmount());
        Touch(side, side.Orders[index].Price);
    }

    /// <summary>An amended order keeps its id and changes its price: a raw book shows one replacement.</summary>
    void Move(BookSide side)
    {
        var order = side.RemoveAt(PickOrder(side));
        var price = PickPrice(side);
        side.Add(order with { Price = price });
        Touch(side, order.Price);
        if (price != order.Price)
            Touch(side, price);
    }

    /// <summary>A taker fills the best orders one by one; the side leans towards the reference price.</summary>
    void Take(long timeUs)
    {
        var middle = (Bids.Orders[0].Price + Asks.Orders[0].Price) / 2.0;
        var buys = _random.NextDouble() < (_reference > middle ? 0.75 : 0.25);
        var side = buys ? Asks : Bids;
        var wanted = PickAmount() * (_random.Next(12) == 0 ? 6 : 1);
        var taker = _nextTaker++;
        for (var fills = 0; wanted > 0 && fills < 12 && side.Orders.Count > FewestOrders / 2; fills++)
        {
            var order = side.Orders[0];
            var amount = Math.Min(wanted, order.Amount);
            wanted -= amount;
            if (amount == order.Amount)
                side.RemoveAt(0);
            else
                side.Resize(0, order.Amount - amount);
            Touch(side, order.Price);
            Record(new(_nextTradeId++, timeUs, order.Price, amount, buys, taker));
        }
    }

    void Record(MarketTrade trade)
    {
        _step.Trades.Add(trade);
        _trades.Add(trade);
        if (_trades.Count > RememberedTrades * 2)
            _trades.RemoveRange(0, RememberedTrades);
        Candles.Add(trade);
        Day.Add(trade);
    }

    void Touch(BookSide side, long price)
    {
        LastUpdateId++;
        _step.Levels.Add(new(side.IsBid, price, side.AmountAt(price)));
    }

    /// <summary>Mostly near the top, and never across the other side.</summary>
    long PickPrice(BookSide side)
    {
        var spread = Math.Max(4, Symbol.StartPrice / 160.0);
        var distance = (long)(-Math.Log(1 - _random.NextDouble()) * spread);
        var price = (long)Math.Round(_reference) + (side.IsBid ? -1 - distance : 1 + distance);
        var other = side.IsBid ? Asks : Bids;
        if (other.Orders.Count > 0)
        {
            var best = other.Orders[0].Price;
            price = side.IsBid ? Math.Min(price, best - 1) : Math.Max(price, best + 1);
        }

        return Math.Max(1, price);
    }

    long PickAmount()
    {
        // Dust orders give the amounts below 10^-6 that are written with an exponent.
        if (_random.Next(200) == 0)
            return 1 + _random.Next(99);
        var amount = (long)(Symbol.TypicalAmount * Math.Exp(_random.Gaussian()));
        var grain = _random.Next(4) switch { 0 => 1_000_000, 1 => 10_000, 2 => 100, _ => 1 };
        return Math.Max(1_000, amount / grain * grain);
    }

    int PickOrder(BookSide side)
    {
        var share = _random.NextDouble();
        return (int)(share * share * side.Orders.Count);
    }
}
