namespace Ticklake.Runtime.Sessions;

/// <summary>The times a session lives by; the defaults are the tested behaviour.</summary>
public sealed record SessionTiming
{
    /// <summary>Age at which a session is replaced by a new one; below every exchange's own cut (Binance: 24 h).</summary>
    public TimeSpan RotateAfter { get; init; } = TimeSpan.FromHours(23);

    /// <summary>Longest time both run side by side.</summary>
    public TimeSpan Overlap { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A stream that has been acknowledged this long and delivered nothing is reported.</summary>
    public TimeSpan FirstDataTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>An unanswered subscription is asked for again after this.</summary>
    public TimeSpan AcknowledgeTimeout { get; init; } = TimeSpan.FromSeconds(20);

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    public TimeSpan BackoffFirst { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan BackoffLongest { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a graceful close waits for the server's own goodbye.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Rows wait at most so long for their batch to fill.</summary>
    public TimeSpan HandOverAge { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Least time between two resubscriptions of one book (bitfinex.md 5.1); doubles while they do not help.</summary>
    public TimeSpan ResubscribeInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Maintenance that lasts longer ends in a reconnect (bitfinex.md 2).</summary>
    public TimeSpan MaintenancePatience { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>From how long on the silence of one stream among others is a fault.</summary>
    public SilenceLimits Silence { get; init; } = SilenceLimits.Default;

    /// <summary>
    /// How often a book without checksums is compared with the exchange's own by REST, or null for never.
    /// </summary>
    public TimeSpan? ReconcileInterval { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a graceful stop of all sessions and stores may take.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the session looks after deadlines.</summary>
    public TimeSpan Tick { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>A longer message ends the connection.</summary>
    public int MostFrameBytes { get; init; } = 64 * 1024 * 1024;
}
