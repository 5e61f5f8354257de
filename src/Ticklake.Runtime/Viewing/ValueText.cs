using System.Globalization;
using Ticklake.Columnar;
using Ticklake.Stores.Segments;

namespace Ticklake.Runtime.Viewing;

/// <summary>The written form of a segment's values: times in ISO 8601, numbers so that nothing is lost.</summary>
public static class ValueText
{
    /// <param name="value">As a segment's reader gives it, not null.</param>
    /// <param name="kind">The column's.</param>
    public static string Of(object value, ColumnKind kind) => value switch
    {
        long time when kind == ColumnKind.TimestampMicros => UtcText.Micros(time),
        bool flag => flag ? "true" : "false",
        string text => text,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
