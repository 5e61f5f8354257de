namespace Ticklake.Simulator.Market;

/// <summary>One bucket of trades; prices in the symbol's grid, volumes in 10^-8.</summary>
sealed class Candle(long openTimeMs, long price)
{
    public long OpenTimeMs { get; } = openTimeMs;

    public long Open { get; private set; } = price;

    public long High { get; set; } = price;

    public long Low { get; set; } = price;

    public long Close { get; set; } = price;

    public long Volume { get; set; }

    public long TakerBuyVolume { get; private set; }

    /// <summary>Sum of price × amount in units of both grids.</summary>
    public Int128 QuoteVolume { get; private set; }

    public Int128 TakerBuyQuoteVolume { get; private set; }

    public long FirstTradeId { get; private set; } = -1;

    public long LastTradeId { get; private set; } = -1;

    public int TradeCount { get; private set; }

    public void Add(in MarketTrade trade)
    {
        if (TradeCount == 0)
        {
            (Open, High, Low) = (trade.Price, trade.Price, trade.Price);
            FirstTradeId = trade.Id;
        }

        High = Math.Max(High, trade.Price);
        Low = Math.Min(Low, trade.Price);
        Close = trade.Price;
        Volume += trade.Amount;
        QuoteVolume += (Int128)trade.Price * trade.Amount;
        LastTradeId = trade.Id;
        TradeCount++;
        if (!trade.TakerBuys)
            return;
        TakerBuyVolume += trade.Amount;
        TakerBuyQuoteVolume += (Int128)trade.Price * trade.Amount;
    }
}
