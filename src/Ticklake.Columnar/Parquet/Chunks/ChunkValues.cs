using System.Runtime.InteropServices;

namespace Ticklake.Columnar.Parquet.Chunks;

/// <summary>The numbers of a column chunk without its nulls, end to end.</summary>
sealed class ChunkValues<T>(ChunkScratch scratch)
    where T : unmanaged
{
    T[] _gathered = [];

    /// <summary>The values, in place where one part holds them all; nulls are noted in the scratch.</summary>
    public ReadOnlySpan<T> Gather(ColumnKind kind, IReadOnlyList<ColumnPart> parts, int rows)
    {
        scratch.Nulls.Clear();
        if (parts.Count == 1 && FlagsOf(parts[0]).IsEmpty)
        {
            scratch.Nulls.AppendRun(false, rows);
            return ValuesOf(parts[0]);
        }

        if (_gathered.Length < rows)
            _gathered = new T[rows];
        var count = 0;
        foreach (var part in parts)
        {
            if (part is ConstantPart constant)
            {
                scratch.Nulls.AppendRun(constant.IsNull, part.Count);
                if (constant.IsNull)
                    continue;
                _gathered.AsSpan(count, part.Count).Fill(ConstantOf(kind, constant));
                count += part.Count;
                continue;
            }

            var isNull = FlagsOf(part);
            if (isNull.IsEmpty)
                scratch.Nulls.AppendRun(false, part.Count);
            else
                scratch.Nulls.Append(isNull);
            count += NullFlags.Compact(ValuesOf(part), isNull, _gathered.AsSpan(count));
        }

        return _gathered.AsSpan(0, count);
    }

    T ConstantOf(ColumnKind kind, ConstantPart constant)
    {
        scratch.Body.Clear();
        RunChunk.WriteValue(kind, constant, scratch.Body);
        return MemoryMarshal.Read<T>(scratch.Body.Written);
    }

    static ReadOnlySpan<T> ValuesOf(ColumnPart part) => part switch
    {
        Int64Part p => MemoryMarshal.Cast<long, T>(p.Values),
        DoublePart p => MemoryMarshal.Cast<double, T>(p.Values),
        Int32Part p => MemoryMarshal.Cast<int, T>(p.Values),
        DecimalPart p => MemoryMarshal.Cast<Int128, T>(p.Values),
        _ => throw new ArgumentException($"A {part.GetType().Name} holds no numbers."),
    };

    static ReadOnlySpan<bool> FlagsOf(ColumnPart part) => part switch
    {
        Int64Part p => p.IsNull,
        DoublePart p => p.IsNull,
        Int32Part p => p.IsNull,
        DecimalPart p => p.IsNull,
        _ => [],
    };
}
