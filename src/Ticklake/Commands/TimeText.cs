using System.Globalization;
using Ticklake.Core.Time;

namespace Ticklake.Commands;

/// <summary>Times as people give them to commands.</summary>
static class TimeText
{
    /// <summary>Microseconds, or <paramref name="otherwise"/> where nothing is given; false after saying what is wrong.</summary>
    public static bool TryParse(string? text, long otherwise, out long us)
    {
        us = otherwise;
        if (text is null)
            return true;
        if (DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            us = TimestampNs.From(time).Microseconds;
            return true;
        }

        SharedOptions.Complain($"'{text}' is no time. Write 2026-11-21, 2026-11-21T13:00:00Z or 2026-11-21T13:00:00.123456Z.");
        return false;
    }
}
