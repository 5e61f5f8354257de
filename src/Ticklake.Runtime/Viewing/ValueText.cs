using System.Globalization;
using Ticklake.Columnar;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;

namespace Ticklake.Runtime.Viewing;

/// <summary>The written form of a segment's values: times in ISO 8601, numbers so that nothing is lost.</summary>
public static class ValueText
{
    /// <param name="value">As a segment's reader gives it, not null.</param>
    /// <param name="kind">The column's.</param>
    public static string Of(object value, ColumnKind kind) => value switch
    {
        long time when kind == ColumnKind.TimestampMicros => UtcText.Micros(time),
        Int128 units when kind == ColumnKind.Decimal => Plain(units),
        bool flag => flag ? "true" : "false",
        string text => text,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    // Without the zeros that the column's form puts behind every number.
    static string Plain(Int128 units)
    {
        var digits = Int128.Abs(units).ToString(CultureInfo.InvariantCulture).PadLeft(DecimalUnits.Scale + 1, '0');
        var text = $"{digits[..^DecimalUnits.Scale]}.{digits[^DecimalUnits.Scale..]}".TrimEnd('0').TrimEnd('.');
        return units < 0 ? "-" + text : text;
    }
}
