using Ticklake.Runtime.Pipeline;
using Ticklake.Runtime.Telemetry;

namespace Ticklake.Runtime.Sessions;

/// <summary>
/// Keeps one planned connection alive: connects within the exchange's budget, comes back after every loss, and replaces a
/// session in time, make before break. Sessions of one keeper are processed strictly one after the other.
/// </summary>
public sealed class ConnectionKeeper(
    SessionPlan plan,
    SessionSurroundings around,
    StreamStates states,
    RateBudget connects,
    SnapshotFetcher? snapshots)
{

    // In overlaps. No exchange says how long after its announcement it cuts the connection.
    const int MoreOverlapsWhenAnnounced = 3;
    const int LongestRotationPause = 32;

    readonly Backoff _backoff = new(around.Timing.BackoffFirst, around.Timing.BackoffLongest, Random.Shared);

    // A replacement that was not good enough costs a connection: the next attempt takes its time.
    readonly Backoff _rotations = new(around.Timing.Overlap, around.Timing.Overlap * LongestRotationPause, Random.Shared);

    public SessionPlan Plan => plan;

    /// <summary>The session whose data is being processed, or null while there is none. For display.</summary>
    public Session? Current { get; private set; }

    /// <summary>The waiting replacement, or null. For display.</summary>
    public Session? Replacement { get; private set; }

    public int Reconnects { get; private set; }

    public string? LastFault { get; private set; }

    /// <summary>Told of every session that has ended and whose rows are all handed on.</summary>
    public Action<Session>? SessionEnded { get; init; }

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var attempt = await connects.TakeAsync(1, stop).ConfigureAwait(false);
                var end = await RunChainAsync(NewSession(null, attempt), stop).ConfigureAwait(false);
                if (stop.IsCancellationRequested)
                    break;
                await PauseAsync(end, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                break;
            }
        }
    }

    Session NewSession(string? follows, RateLease attempt) => new(plan, around, states, snapshots, follows) { Attempt = attempt };

    async Task PauseAsync(SessionEnd end, CancellationToken stop)
    {
        Reconnects++;
        LastFault = end.Reason;
        if (HandshakeRefusal.BlockOf(end.HandshakeStatus) is { } block)
            connects.Block(block);
        if (end.HadData)
            _backoff.Reset();
        var delay = end.Kind == SessionEndKind.Unusable ? around.Timing.BackoffLongest : _backoff.Next();
        LogMessages.ConnectionLost(around.Log, plan.Market.ToString(), plan.Ordinal, end.Reason, delay);
        await Task.Delay(delay, around.Clock, stop).ConfigureAwait(false);
    }

    /// <summary>Runs a session and every session that replaces it without a break; returns how the last one ended.</summary>
    async Task<SessionEnd> RunChainAsync(Session first, CancellationToken stop)
    {
        var current = first;
        Current = current;
        var run = current.RunAsync(stop);
        var patience = Lifetime();
        var isRetry = false;
        while (true)
        {
            var reason = await ReplacementReasonAsync(current, run, patience, isRetry).ConfigureAwait(false);
            if (reason is null)
                break;
            LogMessages.Rotating(around.Log, plan.Market.ToString(), plan.Ordinal, current.ConnId, reason);
            if (await ReplaceAsync(current, run, reason, stop).ConfigureAwait(false) is not { } next)
            {
                patience = (current.ReplacementDue.IsCompleted ? _backoff : _rotations).Next();
                isRetry = true;
                continue;
            }

            (current, run) = next;
            _rotations.Reset();
            (patience, isRetry) = (Lifetime(), false);
        }

        var end = await run.ConfigureAwait(false);
        Current = null;
        await EndAsync(current, end).ConfigureAwait(false);
        return end;
    }

    TimeSpan Lifetime() => around.Timing.RotateAfter * (0.95 + (0.05 * Random.Shared.NextDouble()));

    async Task<string?> ReplacementReasonAsync(Session current, Task<SessionEnd> run, TimeSpan patience, bool isRetry)
    {
        using var quiet = new CancellationTokenSource();
        var due = Task.Delay(patience, around.Clock, quiet.Token);
        var announced = current.ReplacementDue;
        // An announcement that has been tried for once waits like everything else.
        var first = await (isRetry && announced.IsCompleted ? Task.WhenAny(run, due) : Task.WhenAny(run, due, announced))
            .ConfigureAwait(false);
        await quiet.CancelAsync().ConfigureAwait(false);
        if (first == run)
            return null;
        return announced.IsCompleted ? await announced.ConfigureAwait(false) : "planned";
    }

    // The new session is journalled at once but processed only after the old one ended: adr/0003.
    async Task<(Session Session, Task<SessionEnd> Run)?> ReplaceAsync(
        Session current, Task<SessionEnd> run, string reason, CancellationToken stop)
    {
        if (await AttemptAsync(run, stop).ConfigureAwait(false) is not { } attempt)
            return null;
        var next = NewSession(current.ConnId, attempt);
        Replacement = next;
        var nextRun = next.RunAsync(stop);
        var lacking = await OverlapAsync(current, next).ConfigureAwait(false);
        Replacement = null;
        if (lacking is not null)
        {
            next.Stop(lacking);
            await next.Over.ConfigureAwait(false);
        }

        // What lies between the end of the one and that of the other is in the new one's journal only.
        if (next.OpenedAt == default || (lacking is not null && !current.Over.IsCompleted))
        {
            next.Stop("it did not get through");
            await DropAsync(current, next, nextRun, lacking ?? "it did not get through").ConfigureAwait(false);
            return null;
        }

        current.Stop($"replaced by {next.ConnId} ({reason})");
        var end = await run.ConfigureAwait(false);
        // Before the next session goes on with the streams' states.
        SessionEnded?.Invoke(current);
        next.TakeOver();
        Current = next;
        await DisposeAsync(current, end).ConfigureAwait(false);
        return (next, nextRun);
    }

    // The session at work must not be left alone while the budget lets nobody connect.
    async Task<RateLease?> AttemptAsync(Task<SessionEnd> run, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var turn = connects.TakeAsync(1, either.Token);
        if (await Task.WhenAny(turn, run).ConfigureAwait(false) == run)
            await either.CancelAsync().ConfigureAwait(false);
        try
        {
            return await turn.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Runs both side by side; returns why the new session must not take over, or null when it may.</summary>
    async Task<string?> OverlapAsync(Session current, Session next)
    {
        await SettleAsync(current, next, 1).ConfigureAwait(false);
        // The old session did not last so long: the new one, on its way already, is still the quickest cure.
        if (next.OpenedAt == default && current.Over.IsCompleted)
            await SettleAsync(next, next, 1).ConfigureAwait(false);
        var lacking = await LackingAsync(current, next).ConfigureAwait(false);
        // It will be cut in any case: the new one gets more time, and is better than nothing when that is over.
        if (lacking is null || !current.ReplacementDue.IsCompleted || current.Over.IsCompleted || next.Over.IsCompleted)
            return lacking;
        await SettleAsync(current, next, MoreOverlapsWhenAnnounced).ConfigureAwait(false);
        return next.OpenedAt != default && !next.Over.IsCompleted ? null : await LackingAsync(current, next).ConfigureAwait(false);
    }

    async Task SettleAsync(Session current, Session next, int overlaps)
    {
        using var quiet = new CancellationTokenSource();
        var overlap = Task.Delay(around.Timing.Overlap * overlaps, around.Clock, quiet.Token);
        await Task.WhenAny(current.Over, next.Settled, overlap).ConfigureAwait(false);
        await quiet.CancelAsync().ConfigureAwait(false);
    }

    static async Task<string?> LackingAsync(Session current, Session next)
    {
        if (current.Over.IsCompleted)
            return null;
        if (next.OpenedAt == default || next.Over.IsCompleted)
            return "it did not get through";
        var replacement = await next.ProgressAsync().ConfigureAwait(false);
        return StreamProgress.FirstLacking(await current.ProgressAsync().ConfigureAwait(false), replacement) is { } stream
            ? $"it does not deliver {stream}"
            : null;
    }

    async Task DropAsync(Session current, Session next, Task<SessionEnd> nextRun, string reason)
    {
        LogMessages.ReplacementDropped(around.Log, plan.Market.ToString(), plan.Ordinal, next.ConnId, reason, current.ConnId);
        next.Drop();
        await EndAsync(next, await nextRun.ConfigureAwait(false)).ConfigureAwait(false);
    }

    Task EndAsync(Session session, SessionEnd end)
    {
        SessionEnded?.Invoke(session);
        return DisposeAsync(session, end);
    }

    async Task DisposeAsync(Session session, SessionEnd end)
    {
        LogMessages.Closed(around.Log, plan.Market.ToString(), plan.Ordinal, end.Reason);
        await session.DisposeAsync().ConfigureAwait(false);
    }
}
