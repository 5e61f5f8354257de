using Ticklake.Exchanges;

namespace Ticklake.Runtime.Sessions;

/// <summary>Says when a connection has lasted or been silent too long. Session thread only.</summary>
sealed class SessionDeadlines(ExchangeLimits limits, SessionTiming timing, SubscriptionDesk desk, LifeSigns life)
{
    /// <summary>Why the connection is lost, or null.</summary>
    public string? Missed(DateTimeOffset now)
    {
        if (desk.PausedSince is { } paused)
            return now - paused > timing.MaintenancePatience ? "maintenance lasts too long" : null;
        if (FatalSilence(now) is { } silence)
            return $"nothing received for {silence.TotalSeconds:F0} s";
        return desk.IsAllSilent ? "no stream delivers any more although the server answers" : null;
    }

    // Where streams have heartbeats, a server that only answers requests is as good as dead.
    TimeSpan? FatalSilence(DateTimeOffset now)
    {
        if (limits.HeartbeatTimeout is null || desk.LastSign is not { } sign)
            return life.FatalSilence(now);
        return now - sign > limits.SocketTimeout ? now - sign : null;
    }
}
