using Ticklake.Exchanges;
using Ticklake.Runtime.Pipeline;

namespace Ticklake.Runtime.Sessions;

/// <summary>What a session does about what its frames say: notices and books to repair. Session thread only.</summary>
sealed class SessionReactions(SubscriptionDesk desk, SnapshotDesk snapshots, ReconcileDesk reconcile, SessionMilestones milestones)
{
    /// <summary>Reacts to everything in the feed and empties it; returns why the connection must end, or null.</summary>
    public (SessionEndKind Kind, string Reason)? React(SessionFeed feed, DateTimeOffset now)
    {
        (SessionEndKind, string)? end = null;
        foreach (var notice in feed.Notices.ToArray())
        {
            switch (desk.On(notice, now))
            {
                case SessionAction.Reconnect:
                    milestones.ReplacementDue.TrySetResult(notice.Text.Length > 0 ? notice.Text : notice.Kind.ToString());
                    break;
                case SessionAction.GiveUp:
                    end ??= (SessionEndKind.Unusable, $"{notice.Kind}: {notice.Code} {notice.Text}".TrimEnd());
                    break;
            }
        }

        feed.Notices.Clear();
        foreach (var (stream, remedy) in feed.Remedies)
        {
            if (remedy == BookRemedy.Resubscribe)
                desk.Resubscribe(stream, now);
            else if (remedy == BookRemedy.FetchSnapshot)
                snapshots.Fetch(stream);
        }

        feed.Remedies.Clear();
        foreach (var (stream, outcome) in feed.Comparisons)
            reconcile.Take(stream, outcome, now);
        feed.Comparisons.Clear();
        return end ?? (feed.ReconnectReason is { } reason ? (SessionEndKind.Lost, reason) : null);
    }
}
