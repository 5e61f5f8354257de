using System.Runtime.InteropServices;
using Ticklake.Columnar.Parquet.Encodings;

namespace Ticklake.Columnar.Parquet.Chunks;

/// <summary>Which rows of a column chunk are null; holds nothing as long as none is.</summary>
sealed class NullFlags
{
    bool[] _flags = [];
    int _rows;

    public bool HasNulls { get; private set; }

    public void Clear()
    {
        _rows = 0;
        HasNulls = false;
    }

    public void AppendRun(bool isNull, int count)
    {
        if (isNull && count > 0)
            BeginFlags();
        if (HasNulls)
            Reserve(count).Fill(isNull);
        _rows += count;
    }

    public void Append(ReadOnlySpan<bool> isNull)
    {
        if (!HasNulls && !isNull.Contains(true))
        {
            _rows += isNull.Length;
            return;
        }

        BeginFlags();
        isNull.CopyTo(Reserve(isNull.Length));
        _rows += isNull.Length;
    }

    public int CountNulls(int start, int count) => HasNulls ? _flags.AsSpan(start, count).Count(true) : 0;

    /// <summary>Writes the definition levels of some rows: 1 where there is a value, 0 where it is null.</summary>
    public void WriteLevels(int start, int count, ByteBuffer output)
    {
        if (HasNulls)
            RunEncoder.Write(_flags.AsSpan(start, count), inverted: true, output);
        else
            RunEncoder.WriteRun(1, count, 1, output);
    }

    /// <summary>Copies the values of rows that are not null, packed together; their number.</summary>
    public static int Compact<T>(ReadOnlySpan<T> values, ReadOnlySpan<bool> isNull, Span<T> destination)
        where T : unmanaged
    {
        if (isNull.IsEmpty)
        {
            values.CopyTo(destination);
            return values.Length;
        }

        var kept = 0;
        var flags = MemoryMarshal.AsBytes(isNull);
        for (var i = 0; i < values.Length; i++)
        {
            // No branch: a null's slot is overwritten by the next value.
            if (kept < destination.Length)
                destination[kept] = values[i];
            kept += flags[i] ^ 1;
        }

        return kept;
    }

    void BeginFlags()
    {
        if (HasNulls)
            return;
        HasNulls = true;
        if (_flags.Length < _rows)
            _flags = new bool[_rows];
        _flags.AsSpan(0, _rows).Clear();
    }

    Span<bool> Reserve(int count)
    {
        if (_flags.Length - _rows < count)
            Array.Resize(ref _flags, Math.Max(_flags.Length * 2, _rows + count));
        return _flags.AsSpan(_rows, count);
    }
}
