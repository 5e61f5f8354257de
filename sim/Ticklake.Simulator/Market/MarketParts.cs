namespace Ticklake.Simulator.Market;

/// <summary>One resting order; price in the symbol's grid, amount in 10^-8.</summary>
public readonly record struct RestingOrder(long Id, long Price, long Amount);

/// <summary>All orders of one price.</summary>
public readonly record struct BookLevel(long Price, long Amount, int Count);

/// <summary>One fill. <paramref name="TakerOrder"/> ties the fills of one incoming order together.</summary>
public readonly record struct MarketTrade(
    long Id, long TimeUs, long Price, long Amount, bool TakerBuys, long TakerOrder);

/// <summary>A price whose total changed; amount 0 = gone.</summary>
public readonly record struct LevelChange(bool IsBid, long Price, long Amount);

/// <summary>What one step of a market did. Reused: valid during the notification only.</summary>
public sealed class MarketStep
{
    public List<MarketTrade> Trades { get; } = [];

    public List<LevelChange> Levels { get; } = [];

    /// <summary>Update id of the first entry of <see cref="Levels"/>; the others follow by one.</summary>
    public long FirstUpdateId { get; internal set; }

    internal void Clear(long firstUpdateId)
    {
        Trades.Clear();
        Levels.Clear();
        FirstUpdateId = firstUpdateId;
    }
}

/// <summary>A level or order of a true book as exact decimals; the order id is 0 for levels.</summary>
public sealed record BookRow(decimal Price, decimal Amount, int Count, long OrderId = 0);

/// <summary>A true book, best first; amounts are positive on both sides.</summary>
public sealed record BookSnapshot(long LastUpdateId, IReadOnlyList<BookRow> Bids, IReadOnlyList<BookRow> Asks);
