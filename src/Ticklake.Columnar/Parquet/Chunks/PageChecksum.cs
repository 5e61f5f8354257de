using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Ticklake.Shared;

namespace Ticklake.Columnar.Parquet.Chunks;

/// <summary>
/// <see cref="Crc32"/> of long spans: folds 64 bytes a step by carry-less multiplication where the processor can, which
/// is
/// some ten times as fast as a table. The constants are x to the powers of the folding distances modulo the polynomial,
/// bit
/// reflected (V. Gopal et al., "Fast CRC Computation for Generic Polynomials Using PCLMULQDQ", Intel 2009).
/// </summary>
static class PageChecksum
{
    const int Step = 64;

    static readonly Vector128<long> FoldFour = Vector128.Create(0x154442bd4, 0x1c6e41596);
    static readonly Vector128<long> FoldOne = Vector128.Create(0x1751997d0, 0x0ccaa009e);

    public static uint Compute(ReadOnlySpan<byte> bytes) => Append(0, bytes);

    /// <summary>Continues a CRC: <c>Append(Compute(a), b) == Compute(a + b)</c>.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        if (!Pclmulqdq.IsSupported || bytes.Length < 2 * Step)
            return Crc32.Append(crc, bytes);
        var folded = Fold(crc, MemoryMarshal.Cast<byte, Vector128<long>>(bytes[..(bytes.Length & -Step)]));
        // The folded bytes have the CRC that all bytes before the rest have, begun from an empty register.
        crc = Crc32.Append(uint.MaxValue, MemoryMarshal.AsBytes(new ReadOnlySpan<Vector128<long>>(in folded)));
        return Crc32.Append(crc, bytes[(bytes.Length & -Step)..]);
    }

    static Vector128<long> Fold(uint crc, ReadOnlySpan<Vector128<long>> blocks)
    {
        var a = blocks[0] ^ Vector128.CreateScalar((long)~crc);
        var b = blocks[1];
        var c = blocks[2];
        var d = blocks[3];
        for (blocks = blocks[4..]; blocks.Length >= 4; blocks = blocks[4..])
        {
            a = Multiply(a, FoldFour) ^ blocks[0];
            b = Multiply(b, FoldFour) ^ blocks[1];
            c = Multiply(c, FoldFour) ^ blocks[2];
            d = Multiply(d, FoldFour) ^ blocks[3];
        }

        a = Multiply(a, FoldOne) ^ b;
        a = Multiply(a, FoldOne) ^ c;
        return Multiply(a, FoldOne) ^ d;
    }

    static Vector128<long> Multiply(Vector128<long> value, Vector128<long> constants) =>
        Pclmulqdq.CarrylessMultiply(value, constants, 0x00) ^ Pclmulqdq.CarrylessMultiply(value, constants, 0x11);
}
