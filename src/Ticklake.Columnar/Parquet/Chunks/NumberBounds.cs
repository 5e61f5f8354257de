using System.Numerics;
using System.Runtime.InteropServices;
using Ticklake.Columnar.Parquet.Footer;

namespace Ticklake.Columnar.Parquet.Chunks;

/// <summary>
/// Smallest and largest of many numbers, vector by vector. NaNs have no place in Parquet's order and are left out.
/// </summary>
static class NumberBounds<T>
    where T : unmanaged, INumber<T>, IMinMaxValue<T>
{
    public static PageBounds Of(ReadOnlySpan<T> values, ByteBuffer min, ByteBuffer max)
    {
        if (values.IsEmpty)
            return default;
        T least, most;
        if (typeof(T) == typeof(double) && HasNaN(values))
        {
            if (!TryScanWithoutNaN(values, out least, out most))
                return default;
        }
        else
        {
            Scan(values, out least, out most);
        }

        return Of(least, most, min, max);
    }

    public static PageBounds Of(T least, T most, ByteBuffer min, ByteBuffer max)
    {
        if (typeof(T) == typeof(double))
        {
            // parquet.thrift: a zero bound is written as -0.0 below and +0.0 above, since readers may tell them apart.
            if (T.IsZero(least))
                least = (T)(object)-0.0;
            if (T.IsZero(most))
                most = (T)(object)0.0;
        }

        min.Clear();
        max.Clear();
        min.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in least)));
        max.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in most)));
        return new PageBounds(min.Written, max.Written);
    }

    static void Scan(ReadOnlySpan<T> values, out T least, out T most)
    {
        least = most = values[0];
        var vectors = MemoryMarshal.Cast<T, Vector<T>>(values);
        if (vectors.Length > 0)
        {
            var low = vectors[0];
            var high = low;
            foreach (var vector in vectors)
            {
                low = Vector.Min(low, vector);
                high = Vector.Max(high, vector);
            }

            for (var lane = 0; lane < Vector<T>.Count; lane++)
            {
                least = T.Min(least, low[lane]);
                most = T.Max(most, high[lane]);
            }
        }

        foreach (var value in values[(vectors.Length * Vector<T>.Count)..])
        {
            least = T.Min(least, value);
            most = T.Max(most, value);
        }
    }

    static bool HasNaN(ReadOnlySpan<T> values)
    {
        var vectors = MemoryMarshal.Cast<T, Vector<T>>(values);
        foreach (var vector in vectors)
        {
            if (!Vector.EqualsAll(vector, vector))
                return true;
        }

        foreach (var value in values[(vectors.Length * Vector<T>.Count)..])
        {
            if (T.IsNaN(value))
                return true;
        }

        return false;
    }

    static bool TryScanWithoutNaN(ReadOnlySpan<T> values, out T least, out T most)
    {
        least = T.MaxValue;
        most = T.MinValue;
        var isAny = false;
        foreach (var value in values)
        {
            if (T.IsNaN(value))
                continue;
            least = isAny ? T.Min(least, value) : value;
            most = isAny ? T.Max(most, value) : value;
            isAny = true;
        }

        return isAny;
    }
}
