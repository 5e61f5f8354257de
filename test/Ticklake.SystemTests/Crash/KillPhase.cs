namespace Ticklake.SystemTests.Crash;

/// <summary>What the recorder is at when it is killed.</summary>
enum KillPhase
{
    Start,
    Recovery,
    Steady,
    Flush,
    Shutdown,
}

/// <summary>One kill: how many frames each open connection had been sent at the moments before it.</summary>
/// <param name="Phase">What the recorder was at.</param>
/// <param name="Sent">By the connection's ordinal: time before the kill, frames sent by then; oldest first.</param>
sealed record Kill(KillPhase Phase, IReadOnlyDictionary<int, IReadOnlyList<(TimeSpan Before, long Frames)>> Sent);
