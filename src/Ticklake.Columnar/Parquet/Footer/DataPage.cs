namespace Ticklake.Columnar.Parquet.Footer;

/// <summary>What a data page's header says of its rows.</summary>
readonly record struct DataPage(int Rows, int Nulls, PageEncoding Encoding);

/// <summary>
/// The smallest and largest value of a page in PLAIN form; unknown where it holds only nulls or NaNs.
/// </summary>
readonly ref struct PageBounds
{
    public PageBounds(
        ReadOnlySpan<byte> min, ReadOnlySpan<byte> max, bool isMinExact = true, bool isMaxExact = true)
    {
        IsKnown = true;
        Min = min;
        Max = max;
        IsMinExact = isMinExact;
        IsMaxExact = isMaxExact;
    }

    public bool IsKnown { get; }

    public ReadOnlySpan<byte> Min { get; }

    public ReadOnlySpan<byte> Max { get; }

    public bool IsMinExact { get; }

    public bool IsMaxExact { get; }
}
