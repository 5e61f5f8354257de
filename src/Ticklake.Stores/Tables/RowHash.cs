using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ticklake.Stores.Tables;

/// <summary>
/// A 64-bit hash of each of some rows, built up column by column; the same for rows that are about to be written and
/// for rows read back. Tells rows apart that differ by accident, not by intent. One thread at a time.
/// </summary>
public sealed class RowHash
{
    // Odd numbers without structure: the fractional bits of the square roots of 2, 3, 5 and 7.
    const ulong Seed = 0x6a09e667f3bcc909;
    const ulong Step = 0xbb67ae8584caa73b;
    const ulong Null = 0x3c6ef372fe94f82b;
    const ulong Tail = 0xa54ff53a5f1d36f1;

    readonly ulong[] _rows;

    public RowHash(int rows)
    {
        _rows = new ulong[rows];
        Array.Fill(_rows, Seed);
    }

    /// <summary>One hash a row, of the columns added so far.</summary>
    public ReadOnlySpan<ulong> Rows => _rows;

    /// <summary>The hash of a text's bytes, for <see cref="Add(int, ulong)"/>.</summary>
    public static ulong Of(ReadOnlySpan<byte> text)
    {
        var hash = Fold(Seed, (ulong)text.Length);
        for (; text.Length >= sizeof(ulong); text = text[sizeof(ulong)..])
            hash = Fold(hash, MemoryMarshal.Read<ulong>(text));
        ulong last = Tail;
        foreach (var c in text)
            last = (last << 8) | c;
        return Fold(hash, last);
    }

    /// <summary>
    /// Adds the row's value of the next column: an integer, a double's bits, a boolean's 0 or 1, a text's hash.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int row, ulong value) => _rows[row] = Fold(_rows[row], value);

    /// <summary>Adds a decimal's units as the row's value of the next column.</summary>
    public void Add(int row, Int128 value)
    {
        Add(row, (ulong)value);
        Add(row, (ulong)(value >> 64));
    }

    /// <summary>Adds a null as the row's value of the next column.</summary>
    public void AddNull(int row) => _rows[row] = Fold(_rows[row] ^ Tail, Null);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong Fold(ulong hash, ulong value)
    {
        var high = Math.BigMul(hash ^ value, Step ^ (hash << 1), out ulong low);
        return high ^ low ^ hash;
    }
}
