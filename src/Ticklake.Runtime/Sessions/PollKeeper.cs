using Ticklake.Runtime.Journal;
using Ticklake.Runtime.Pipeline;
using Ticklake.Runtime.Telemetry;

namespace Ticklake.Runtime.Sessions;

/// <summary>
/// Keeps a market's polls going: a poll session at a time, followed by the next when it has reached its age, so that a restart
/// need not read all of it again.
/// </summary>
public sealed class PollKeeper(PollPlan plan, SessionSurroundings around, StreamStates states, SnapshotFetcher fetcher)
{
    readonly Backoff _backoff = new(around.Timing.BackoffFirst, around.Timing.BackoffLongest, Random.Shared);

    public PollPlan Plan => plan;

    /// <summary>The session at work, or null. For display.</summary>
    public PollSession? Current { get; private set; }

    /// <summary>Told of every session that has ended and whose rows are all handed on.</summary>
    public Action<PollSession>? SessionEnded { get; init; }

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await RunOneAsync(stop).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or JournalFaultedException)
            {
                LogMessages.JournalFaulted(around.Log, e.Message);
                try
                {
                    await Task.Delay(_backoff.Next(), around.Clock, stop).ConfigureAwait(false);
                }
                catch (OperationCanceledException)
                {
                    return;
                }
            }
        }
    }

    async Task RunOneAsync(CancellationToken stop)
    {
        await using var session = new PollSession(plan, around, states, fetcher);
        using var age = new CancellationTokenSource(around.Timing.RotateAfter, around.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, age.Token);
        Current = session;
        try
        {
            await session.RunAsync(either.Token).ConfigureAwait(false);
            _backoff.Reset();
        }
        finally
        {
            Current = null;
            SessionEnded?.Invoke(session);
        }
    }
}
