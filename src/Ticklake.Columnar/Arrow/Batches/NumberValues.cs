using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ticklake.Columnar.Arrow.Batches;

/// <summary>Lays numbers end to end, zero where a row is null, so that what lay under a null leaves no trace.</summary>
static class NumberValues
{
    /// <summary>The column's values as bytes, in place where one part without nulls holds them all.</summary>
    public static ReadOnlySpan<byte> Gather<T>(IReadOnlyList<ColumnPart> parts, ByteBuffer scratch)
        where T : unmanaged, INumber<T>
    {
        if (parts.Count == 1 && parts[0] is not ConstantPart && !NullsOf(parts[0]).Contains(true))
            return MemoryMarshal.AsBytes(ValuesOf<T>(parts[0]));
        foreach (var part in parts)
        {
            var bytes = part.Count * Unsafe.SizeOf<T>();
            var target = MemoryMarshal.Cast<byte, T>(scratch.GetSpan(bytes)[..bytes]);
            if (part is ConstantPart constant)
            {
                target.Fill(T.CreateChecked(constant.Number ?? 0));
            }
            else
            {
                ValuesOf<T>(part).CopyTo(target);
                BlankNulls(target, NullsOf(part));
            }

            scratch.Advance(bytes);
        }

        return scratch.Written;
    }

    public static ReadOnlySpan<bool> NullsOf(ColumnPart part) => part switch
    {
        Int64Part p => p.IsNull,
        Int32Part p => p.IsNull,
        DoublePart p => p.IsNull,
        DecimalPart p => p.IsNull,
        BooleanPart p => p.IsNull,
        Utf8Part p => p.IsNull,
        _ => [],
    };

    static void BlankNulls<T>(Span<T> values, ReadOnlySpan<bool> isNull)
        where T : unmanaged
    {
        for (var i = 0; i < isNull.Length; i++)
        {
            if (isNull[i])
                values[i] = default;
        }
    }

    static ReadOnlySpan<T> ValuesOf<T>(ColumnPart part)
        where T : unmanaged => part switch
        {
            Int64Part p => MemoryMarshal.Cast<long, T>(p.Values),
            DoublePart p => MemoryMarshal.Cast<double, T>(p.Values),
            Int32Part p => MemoryMarshal.Cast<int, T>(p.Values),
            DecimalPart p => MemoryMarshal.Cast<Int128, T>(p.Values),
            _ => throw new ArgumentException($"A {part.GetType().Name} holds no numbers."),
        };
}
