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
    ConnectBudget connects,
    SnapshotFetcher? snapshots)
{
    // The documented block after too many connects (bitfinex.md 2), with a margin.
    static readonly TimeSpan HandshakeBlock = TimeSpan.FromSeconds(65);
    const int TooManyRequests = 429;

    readonly Backoff _backoff = new(around.Timing.BackoffFirst, around.Timing.BackoffLongest, Random.Shared);

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
                await connects.TakeAsync(stop).ConfigureAwait(false);
                var end = await RunChainAsync(NewSession(null), stop).ConfigureAwait(false);
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

    Session NewSession(string? follows) => new(plan, around, states, snapshots, follows);

    async Task PauseAsync(SessionEnd end, CancellationToken stop)
    {
        Reconnects++;
        LastFault = end.Reason;
        if (end.HandshakeStatus == TooManyRequests)
            connects.Block(HandshakeBlock);
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
        var patience = around.Timing.RotateAfter * (0.95 + (0.05 * Random.Shared.NextDouble()));
        while (true)
        {
            var reason = await ReplacementReasonAsync(current, run, patience).ConfigureAwait(false);
            if (reason is null)
                break;
            LogMessages.Rotating(around.Log, plan.Market.ToString(), plan.Ordinal, current.ConnId, reason);
            if (await ReplaceAsync(current, run, reason, stop).ConfigureAwait(false) is not { } next)
            {
                patience = _backoff.Next();
                continue;
            }

            (current, run) = next;
            patience = around.Timing.RotateAfter * (0.95 + (0.05 * Random.Shared.NextDouble()));
        }

        var end = await run.ConfigureAwait(false);
        Current = null;
        await EndAsync(current, end).ConfigureAwait(false);
        return end;
    }

    async Task<string?> ReplacementReasonAsync(Session current, Task<SessionEnd> run, TimeSpan patience)
    {
        using var quiet = new CancellationTokenSource();
        var due = Task.Delay(patience, around.Clock, quiet.Token);
        var first = await Task.WhenAny(run, due, current.ReplacementDue).ConfigureAwait(false);
        await quiet.CancelAsync().ConfigureAwait(false);
        if (first == run)
            return null;
        return first == due ? "planned" : await current.ReplacementDue.ConfigureAwait(false);
    }

    // The new session is journalled at once but processed only after the old one ended: adr/0003.
    async Task<(Session Session, Task<SessionEnd> Run)?> ReplaceAsync(
        Session current, Task<SessionEnd> run, string reason, CancellationToken stop)
    {
        await connects.TakeAsync(stop).ConfigureAwait(false);
        var next = NewSession(current.ConnId);
        Replacement = next;
        var nextRun = next.RunAsync(stop);
        using (var quiet = new CancellationTokenSource())
        {
            var overlap = Task.Delay(around.Timing.Overlap, around.Clock, quiet.Token);
            await Task.WhenAny(run, next.Settled, nextRun, overlap).ConfigureAwait(false);
            // The old session did not last so long: the new one, on its way already, is still the quickest cure.
            if (next.OpenedAt == default)
                await Task.WhenAny(next.Settled, nextRun, overlap).ConfigureAwait(false);
            await quiet.CancelAsync().ConfigureAwait(false);
        }

        Replacement = null;
        if (nextRun.IsCompleted || next.OpenedAt == default)
        {
            next.Stop("it did not get through");
            await EndAsync(next, await nextRun.ConfigureAwait(false)).ConfigureAwait(false);
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
