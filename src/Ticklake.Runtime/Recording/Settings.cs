using Ticklake.Runtime.Configuration;
using Ticklake.Runtime.Journal;
using Ticklake.Runtime.Sessions;
using Segments = Ticklake.Stores.Segments;

namespace Ticklake.Runtime.Recording;

/// <summary>What the configuration means to the parts that do the work.</summary>
public static class Settings
{
    public static JournalOptions Journal(JournalSettings settings) => new()
    {
        SyncInterval = settings.SyncInterval,
        RotateBytes = settings.RotateSize,
        RotateAge = settings.RotateAge,
        CompressionLevel = settings.Level,
    };

    public static SessionTiming Timing(SessionTimes times) => new()
    {
        RotateAfter = times.RotateAfter,
        Overlap = times.Overlap,
        FirstDataTimeout = times.FirstDataTimeout,
        BackoffFirst = times.BackoffMin,
        BackoffLongest = times.BackoffMax,
    };
}
