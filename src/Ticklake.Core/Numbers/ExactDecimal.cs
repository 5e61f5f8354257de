namespace Ticklake.Core.Numbers;

/// <summary>
/// A decimal number exactly as an exchange wrote it: <c>Mantissa × 10^-Scale</c>, the written scale kept.
/// </summary>
public readonly struct ExactDecimal
{
    // Replaced by the Numbers work: this file holds only what the seams need to compile.
    public ExactDecimal(long mantissa, int scale)
    {
        Mantissa = mantissa;
        Scale = scale;
    }

    /// <summary>"No value"; becomes null in a column.</summary>
    public static ExactDecimal None => new(0, int.MinValue);

    public bool IsNone => Scale == int.MinValue;

    public long Mantissa { get; }

    public int Scale { get; }
}
