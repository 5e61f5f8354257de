namespace Ticklake.Simulator.Market;

/// <summary>
/// A book for load tests that costs nothing to keep: update n sets one of its fixed levels, in turn, to an amount that
/// follows from n. Its state after any update is therefore known without replaying, to REST snapshots and tests alike.
/// </summary>
sealed class FormulaBook(SymbolSpec symbol, int depth)
{
    public int Depth { get; } = Math.Min(depth, (int)Math.Min(int.MaxValue, symbol.StartPrice - 2));

    public SymbolSpec Symbol => symbol;

    /// <summary>The level that update n sets: side, place from the top, amount in 10^-8.</summary>
    public (bool IsBid, int Place, long Amount) Update(long n)
    {
        var slot = (int)(n % (2 * Depth));
        return (slot < Depth, slot % Depth, AmountOf(n));
    }

    public long Price(bool isBid, int place) => symbol.StartPrice + (isBid ? -1 - place : 1 + place);

    /// <summary>The amount of a level after update n.</summary>
    public long Amount(bool isBid, int place, long n)
    {
        var slot = isBid ? place : Depth + place;
        var latest = n - ((((n - slot) % (2 * Depth)) + (2 * Depth)) % (2 * Depth));
        return AmountOf(latest < 0 ? slot : latest);
    }

    public IEnumerable<KeyValuePair<long, long>> Levels(bool isBid, long n, int count) => Enumerable
        .Range(0, Math.Min(count, Depth)).Select(i => KeyValuePair.Create(Price(isBid, i), Amount(isBid, i, n)));

    public BookSnapshot Snapshot(long n)
    {
        return new(n, Rows(true), Rows(false));

        List<BookRow> Rows(bool isBid) => [.. Levels(isBid, n, Depth).Select(l => new BookRow(
            ScriptedMarket.Scaled(l.Key, symbol.PriceScale), ScriptedMarket.AmountOf(l.Value), 1))];
    }

    // Weyl sequence: spread evenly, never zero, cheap.
    static long AmountOf(long n) => 1_000 + ((n * 2_654_435_761L & 0x7FFF_FFFF) % 900_000_000);
}
