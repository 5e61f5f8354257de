namespace Ticklake.Simulator.Market;

/// <summary>A true book, best first; amounts are positive on both sides.</summary>
public sealed record BookSnapshot(long LastUpdateId, IReadOnlyList<BookRow> Bids, IReadOnlyList<BookRow> Asks);
