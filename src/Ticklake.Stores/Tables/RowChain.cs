using System.Numerics;

namespace Ticklake.Stores.Tables;

/// <summary>Some rows in their order, told from others by a count and a hash.</summary>
public readonly record struct RowChain(long Rows, ulong Hash)
{
    // Odd, so that no two chains that differ in one row become the same again.
    const ulong Step = 0x9e3779b97f4a7c15;

    public RowChain With(ulong row) => new(Rows + 1, (BitOperations.RotateLeft(Hash, 23) ^ row) * Step);

    public RowChain With(ReadOnlySpan<ulong> rows)
    {
        var chain = this;
        foreach (var row in rows)
            chain = chain.With(row);
        return chain;
    }
}
