namespace Ticklake.Simulator.Market;

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
