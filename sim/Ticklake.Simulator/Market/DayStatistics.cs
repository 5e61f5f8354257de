namespace Ticklake.Simulator.Market;

/// <summary>
/// The figures of a 24 h ticker. The day before the start is invented and never leaves the window: a run is short
/// against a day, and what counts is that the numbers move with the trades.
/// </summary>
sealed class DayStatistics(SymbolSpec symbol)
{
    public long Open { get; } = Math.Max(1, symbol.StartPrice - (symbol.StartPrice / 120));

    public long High { get; private set; } = symbol.StartPrice + (symbol.StartPrice / 50) + 1;

    public long Low { get; private set; } = Math.Max(1, symbol.StartPrice - (symbol.StartPrice / 40));

    public long Last { get; private set; } = symbol.StartPrice;

    public long LastAmount { get; private set; } = symbol.TypicalAmount;

    public long Volume { get; private set; } = symbol.TypicalAmount * 9_973;

    /// <summary>Sum of price × amount in units of both grids.</summary>
    public Int128 QuoteVolume { get; private set; } = (Int128)symbol.StartPrice * symbol.TypicalAmount * 9_973;

    public long FirstTradeId { get; private set; } = -1;

    public long LastTradeId { get; private set; } = -1;

    public int TradeCount { get; private set; }

    public void Add(in MarketTrade trade)
    {
        High = Math.Max(High, trade.Price);
        Low = Math.Min(Low, trade.Price);
        (Last, LastAmount, LastTradeId) = (trade.Price, trade.Amount, trade.Id);
        Volume += trade.Amount;
        QuoteVolume += (Int128)trade.Price * trade.Amount;
        if (TradeCount++ == 0)
            FirstTradeId = trade.Id;
    }
}
