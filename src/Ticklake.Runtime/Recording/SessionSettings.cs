using Ticklake.Runtime.Configuration;
using Ticklake.Runtime.Sessions;

namespace Ticklake.Runtime.Recording;

/// <summary>What the configuration means to the sessions.</summary>
static class SessionSettings
{
    public static SessionTiming Timing(SessionTimes times) => new()
    {
        RotateAfter = times.RotateAfter,
        Overlap = times.Overlap,
        FirstDataTimeout = times.FirstDataTimeout,
        BackoffFirst = times.BackoffMin,
        BackoffLongest = times.BackoffMax,
    };
}
