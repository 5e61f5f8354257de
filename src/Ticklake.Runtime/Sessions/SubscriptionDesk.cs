using Microsoft.Extensions.Logging;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Runtime.Pipeline;
using Ticklake.Runtime.Telemetry;

namespace Ticklake.Runtime.Sessions;

/// <summary>
/// Gets the wanted streams of one connection subscribed and keeps them alive: requests, answers, first data, heartbeats,
/// resubscriptions. Decides; the session sends. Session thread only.
/// </summary>
sealed class SubscriptionDesk(SessionPlan plan, SessionTiming timing, ISubscriptions subscriptions, ILogger log)
{
    readonly Outbox _outbox = new(plan.Limits.MessageInterval);
    readonly StreamBoard _board = new(plan.Streams);
    SilenceWatch? _silence;
    bool _isAsking;

    public StreamBoard Board => _board;

    SilenceWatch Silence => _silence ??= new SilenceWatch(_board, timing.Silence, plan.Market.ToString(), log);

    /// <summary>No stream delivers any more, against all habit, and none has heartbeats that say otherwise.</summary>
    public bool IsAllSilent => plan.Limits.HeartbeatTimeout is null && PausedSince is null && Silence.IsAllSilent;

    public Outbox Outbox => _outbox;

    /// <summary>What became known since the last call, to be journalled.</summary>
    public List<Occurrence> Occurrences { get; } = [];

    /// <summary>Books that repairs do not help. Any thread: for display.</summary>
    public IEnumerable<FailingBook> FailingBooks => Board.All
        .Where(w => w.RepairsInARow >= ResyncAttempts.ReportedFailures && w.IsRepairDue)
        .Select(w => new FailingBook(w.Key.ToString(), w.RepairsInARow, "the book went wrong again"));

    /// <summary>No data is expected (maintenance) since then, or null.</summary>
    public DateTimeOffset? PausedSince { get; private set; }

    /// <summary>The latest data or heartbeat of any stream, or null before the first; answers to requests are no such sign.</summary>
    public DateTimeOffset? LastSign { get; private set; }

    public void Start()
    {
        foreach (var frame in subscriptions.Hello())
            _outbox.Add(frame);
    }

    public SessionAction On(ServerNotice notice, DateTimeOffset now)
    {
        var outcome = subscriptions.On(notice);
        foreach (var key in outcome.Acknowledged)
        {
            if (Board.Find(key) is { Stage: not StreamStage.Live })
                Board.Move(key, StreamStage.Acknowledged, now);
        }

        foreach (var key in outcome.Refused)
        {
            Board.Move(key, StreamStage.Refused, now);
            if (Board.Find(key) is { } watch)
            {
                watch.Refusals++;
                watch.Fault = $"{notice.Code} {notice.Text}".Trim();
            }

            Occurrences.Add(Occurrence.Of("stream_refused", key, notice.Text));
            LogMessages.StreamRefused(log, plan.Market.ToString(), key.ToString(), $"{notice.Code} {notice.Text}");
        }

        foreach (var key in outcome.Retry)
            Board.Move(key, StreamStage.Wanted, now + timing.AcknowledgeTimeout);
        foreach (var key in outcome.AskAgain)
            Board.Move(key, StreamStage.Wanted, now);
        foreach (var key in outcome.Left)
        {
            if (Board.Find(key) is { Stage: StreamStage.Leaving })
                Board.Move(key, StreamStage.Wanted, now);
        }

        switch (outcome.Action)
        {
            case SessionAction.Pause:
                PausedSince = now;
                break;
            case SessionAction.ResubscribeAll:
                PausedSince = null;
                Leave([.. Board.All.Where(w => w.Stage is StreamStage.Live or StreamStage.Acknowledged)], now);
                break;
        }

        return outcome.Action;
    }

    /// <summary>A request has left that the exchange never acknowledges: it counts as granted.</summary>
    public void TakeAsAnswered(SubscriptionRequest request, DateTimeOffset now)
    {
        foreach (var key in request.Streams)
        {
            if (Board.Find(key) is not { } watch)
                continue;
            if (watch.Stage == StreamStage.Requested)
                Board.Move(key, StreamStage.Acknowledged, now);
            else if (watch.Stage == StreamStage.Leaving)
                Board.Move(key, StreamStage.Wanted, now);
        }
    }

    /// <summary>A book went wrong: give it back and ask for it again, not more often than is decent.</summary>
    public void Resubscribe(StreamKey key, DateTimeOffset now)
    {
        if (Board.Find(key) is not { Stage: StreamStage.Live or StreamStage.Acknowledged } watch)
            return;
        watch.IsRepairDue = true;
        TryRepair(watch, now);
    }

    /// <summary>Looks after requests and deadlines. False: nothing of the connection lives any more.</summary>
    public void Tick(DateTimeOffset now, SessionFeed feed)
    {
        Observe(feed);
        if (subscriptions.IsReady)
            AskForWanted(now);
        if (PausedSince is not null)
            return;
        foreach (var watch in Board.All)
            Check(watch, now);
        Leave(Silence.Look(now, Occurrences), now);
    }

    /// <summary>Takes over when each stream was last heard of.</summary>
    void Observe(SessionFeed feed)
    {
        foreach (var activity in feed.Activities)
        {
            if (Board.Find(activity.Key) is not { } watch)
                continue;
            if (activity.LastData.Value != 0)
            {
                Deliver(watch, activity.LastData.ToDateTimeOffset());
                if (watch.Stage is StreamStage.Requested or StreamStage.Acknowledged && watch.LastData >= watch.AskedAt)
                {
                    watch.Stage = StreamStage.Live;
                    (watch.Silences, watch.Refusals, watch.Fault) = (0, 0, null);
                }
            }

            if (activity.LastHeartbeat.Value != 0)
                watch.LastHeartbeat = activity.LastHeartbeat.ToDateTimeOffset();
            var sign = watch.LastHeartbeat > watch.LastData ? watch.LastHeartbeat : watch.LastData ?? watch.LastHeartbeat;
            if (LastSign is null || sign > LastSign)
                LastSign = sign;
        }
    }

    void Deliver(StreamWatch watch, DateTimeOffset at)
    {
        if (watch.LastData == at)
            return;
        watch.LastData = at;
        if (Silence.Delivered(watch, at) is { } ended)
            Occurrences.Add(ended);
    }

    void AskForWanted(DateTimeOffset now)
    {
        var wanted = Board.All.Where(w => w.Stage == StreamStage.Wanted && w.Since <= now).Select(w => w.Key).ToList();
        if (wanted.Count == 0)
            return;
        _isAsking = true;
        foreach (var request in subscriptions.Subscribe(wanted))
            _outbox.Add(request);
        foreach (var key in wanted)
            Board.Move(key, StreamStage.Requested, now);
    }

    void Check(StreamWatch watch, DateTimeOffset now)
    {
        var age = now - watch.Since;
        switch (watch.Stage)
        {
            // The patience counts from the last request that left the outbox: hundreds of streams take their time.
            case StreamStage.Requested when _isAsking && _outbox.IsEmpty && age > timing.AcknowledgeTimeout:
                Board.Move(watch.Key, StreamStage.Wanted, now);
                break;
            case StreamStage.Leaving when age > timing.AcknowledgeTimeout:
                Board.Move(watch.Key, StreamStage.Wanted, now);
                break;
            // Silence may be a subscription that the server forgot, or a market without trades: asking again is right for the
            // first and, ever more rarely, does no harm to the second.
            case StreamStage.Acknowledged when age > FirstDataPatience(watch) * Doubled(watch.Silences):
                watch.Silences++;
                Occurrences.Add(Occurrence.Of("stream_silent", watch.Key, "acknowledged, but no data yet"));
                LogMessages.StreamSilent(log, plan.Market.ToString(), watch.Key.ToString(), (int)age.TotalSeconds);
                Leave(watch, now);
                break;
            // A generic refusal may have passed by then (bitfinex.md 3: retry rarely).
            case StreamStage.Refused when age > timing.AcknowledgeTimeout * Doubled(watch.Refusals):
                Board.Move(watch.Key, StreamStage.Wanted, now);
                break;
            case StreamStage.Live:
                CheckHeartbeat(watch, now);
                break;
        }

        if (watch.IsRepairDue && watch.Stage is StreamStage.Live or StreamStage.Acknowledged)
            TryRepair(watch, now);
    }

    // One that fell silent has been asked for again for that already.
    TimeSpan FirstDataPatience(StreamWatch watch) =>
        watch.SilentSince is null ? timing.FirstDataTimeout : SilenceWatch.RepairInterval;

    static double Doubled(int times) => Math.Pow(2, Math.Min(times, 6));

    void CheckHeartbeat(StreamWatch watch, DateTimeOffset now)
    {
        if (plan.Limits.HeartbeatTimeout is not { } limit)
            return;
        var last = watch.LastHeartbeat > watch.LastData ? watch.LastHeartbeat : watch.LastData;
        if (now - (last ?? watch.Since) is var silence && silence <= limit)
            return;
        Occurrences.Add(Occurrence.Of("heartbeat_lost", watch.Key, $"silent for {silence.TotalSeconds:F0} s"));
        LogMessages.HeartbeatLost(log, plan.Market.ToString(), watch.Key.ToString(), (int)silence.TotalSeconds);
        Leave(watch, now);
    }

    void TryRepair(StreamWatch watch, DateTimeOffset now)
    {
        if (now < watch.NotBefore)
            return;
        watch.IsRepairDue = false;
        // A book that stayed right for as long again as it had to wait was repaired.
        if (now - watch.NotBefore > RepairDelay(watch.RepairsInARow - 1))
            watch.RepairsInARow = 0;
        watch.NotBefore = now + RepairDelay(watch.RepairsInARow);
        watch.RepairsInARow++;
        watch.Resubscriptions++;
        Occurrences.Add(Occurrence.Of("resync", watch.Key, "the book is asked for again"));
        if (watch.RepairsInARow == ResyncAttempts.ReportedFailures)
            ReportFailing(watch);
        Leave(watch, now);
    }

    void ReportFailing(StreamWatch watch)
    {
        const string Reason = "the book went wrong again";
        Occurrences.Add(Occurrence.Of("resync_failing", watch.Key, $"{watch.RepairsInARow} repairs in a row: {Reason}"));
        LogMessages.ResyncFailing(
            log, plan.Market.ToString(), watch.Key.ToString(), watch.RepairsInARow, Reason, RepairDelay(watch.RepairsInARow - 1));
    }

    TimeSpan RepairDelay(int repairs) => timing.ResubscribeInterval * Math.Pow(2, Math.Clamp(repairs, 0, 6));

    void Leave(StreamWatch watch, DateTimeOffset now) => Leave([watch], now);

    // Together: the exchange counts messages, not streams.
    void Leave(IReadOnlyList<StreamWatch> watches, DateTimeOffset now)
    {
        if (watches.Count == 0)
            return;
        var asked = new HashSet<StreamKey>();
        foreach (var request in subscriptions.Unsubscribe([.. watches.Select(w => w.Key)]))
        {
            _outbox.Add(request);
            asked.UnionWith(request.Streams);
        }

        // What is not known to the server needs no goodbye.
        foreach (var watch in watches)
            Board.Move(watch.Key, asked.Contains(watch.Key) ? StreamStage.Leaving : StreamStage.Wanted, now);
    }
}
