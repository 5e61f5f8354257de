namespace Ticklake.Columnar;

/// <summary>
/// A run of consecutive values of one column, as they lie in memory. A row group's column is a list of parts, so rows that
/// were gathered in several batches need not be copied together first. Parts only borrow their arrays.
/// </summary>
public abstract class ColumnPart(int count)
{
    /// <summary>Rows in this part, nulls included.</summary>
    public int Count { get; } = count;
}

/// <summary>
/// 64-bit integers or timestamps. With <paramref name="isNull"/> given, rows flagged there are null and their value is
/// not looked at.
/// </summary>
public sealed class Int64Part(long[] values, int count, bool[]? isNull = null) : ColumnPart(count)
{
    public ReadOnlySpan<long> Values => values.AsSpan(0, Count);

    public ReadOnlySpan<bool> IsNull => isNull.AsSpan(0, isNull is null ? 0 : Count);
}

/// <summary>32-bit integers.</summary>
public sealed class Int32Part(int[] values, int count, bool[]? isNull = null) : ColumnPart(count)
{
    public ReadOnlySpan<int> Values => values.AsSpan(0, Count);

    public ReadOnlySpan<bool> IsNull => isNull.AsSpan(0, isNull is null ? 0 : Count);
}

/// <summary>IEEE doubles.</summary>
public sealed class DoublePart(double[] values, int count, bool[]? isNull = null) : ColumnPart(count)
{
    public ReadOnlySpan<double> Values => values.AsSpan(0, Count);

    public ReadOnlySpan<bool> IsNull => isNull.AsSpan(0, isNull is null ? 0 : Count);
}

/// <summary>Decimals, as numbers of units of 10^-18 of at most 38 digits.</summary>
public sealed class DecimalPart(Int128[] values, int count, bool[]? isNull = null) : ColumnPart(count)
{
    public ReadOnlySpan<Int128> Values => values.AsSpan(0, Count);

    public ReadOnlySpan<bool> IsNull => isNull.AsSpan(0, isNull is null ? 0 : Count);
}

/// <summary>Booleans.</summary>
public sealed class BooleanPart(bool[] values, int count, bool[]? isNull = null) : ColumnPart(count)
{
    public ReadOnlySpan<bool> Values => values.AsSpan(0, Count);

    public ReadOnlySpan<bool> IsNull => isNull.AsSpan(0, isNull is null ? 0 : Count);
}

/// <summary>
/// UTF-8 texts end to end in <paramref name="bytes"/>; text i lies between <paramref name="offsets"/>[i] and [i + 1].
/// </summary>
public sealed class Utf8Part(byte[] bytes, int[] offsets, int count, bool[]? isNull = null) : ColumnPart(count)
{
    public ReadOnlySpan<byte> Bytes => bytes;

    public ReadOnlySpan<int> Offsets => offsets.AsSpan(0, Count + 1);

    public ReadOnlySpan<bool> IsNull => isNull.AsSpan(0, isNull is null ? 0 : Count);
}

/// <summary>Texts out of a small fixed list: one code byte a row (sides, message types).</summary>
public sealed class CodedUtf8Part(byte[] codes, byte[][] dictionary, int count) : ColumnPart(count)
{
    public ReadOnlySpan<byte> Codes => codes.AsSpan(0, Count);

    public ReadOnlySpan<byte[]> Dictionary => dictionary;
}

/// <summary>The same value, or null, in every row: costs nothing per row.</summary>
public sealed class ConstantPart : ColumnPart
{
    ConstantPart(int count, byte[]? text, long? number)
        : base(count)
    {
        Text = text;
        Number = number;
    }

    public bool IsNull => Text is null && Number is null;

    /// <summary>The value of a <see cref="ColumnKind.Utf8"/> column.</summary>
    public byte[]? Text { get; }

    /// <summary>The value of an integer or timestamp column; a boolean's 0 or 1.</summary>
    public long? Number { get; }

    public static ConstantPart Null(int count) => new(count, null, null);

    public static ConstantPart Of(byte[] text, int count) => new(count, text, null);

    public static ConstantPart Of(long number, int count) => new(count, null, number);
}
