using System.Globalization;
using Ticklake.Core.Time;

namespace Ticklake.Stores.Segments;

/// <summary>The written forms of microsecond times in paths and manifests.</summary>
public static class UtcText
{
    const string Precise = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <summary><c>20250117T080000Z</c>, for file names.</summary>
    public static string Compact(long microseconds) => Format(microseconds, "yyyyMMdd'T'HHmmss'Z'");

    public static string Day(long microseconds) => Format(microseconds, "yyyy-MM-dd");

    public static string Hour(long microseconds) => Format(microseconds, "HH");

    /// <summary>ISO 8601 with six decimals: nothing is lost.</summary>
    public static string Micros(long microseconds) => Format(microseconds, Precise);

    public static long ParseMicros(string text)
    {
        var time = DateTimeOffset.ParseExact(
            text, Precise, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        return TimestampNs.From(time).Microseconds;
    }

    internal static string Format(long microseconds, string format) => TimestampNs.FromMicroseconds(microseconds)
        .ToDateTimeOffset().ToString(format, CultureInfo.InvariantCulture);
}
