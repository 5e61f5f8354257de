namespace Ticklake.Stores.Tables;

/// <summary>How a segment's file holds the numbers that the exchange wrote; its columns say which it is.</summary>
public enum NumberForm : byte
{
    /// <summary>The nearest double.</summary>
    Double,

    /// <summary>The number with 18 digits behind the point.</summary>
    Decimal,

    /// <summary>The exchange's own text.</summary>
    Text,
}
