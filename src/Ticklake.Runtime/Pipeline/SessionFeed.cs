using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Core.Time;

namespace Ticklake.Runtime.Pipeline;

/// <summary>When one stream of a connection was last heard of.</summary>
public sealed class StreamActivity(StreamKey key)
{
    public StreamKey Key { get; } = key;

    /// <summary>Last data, or zero.</summary>
    public TimestampNs LastData { get; set; }

    /// <summary>Last heartbeat, or zero.</summary>
    public TimestampNs LastHeartbeat { get; set; }
}

/// <summary>
/// What decoding tells the live session that runs it: notices to react to, books to repair, and signs of life. The session
/// empties the lists after each frame. Session thread only.
/// </summary>
public sealed class SessionFeed
{
    public List<ServerNotice> Notices { get; } = [];

    public List<(StreamKey Stream, BookRemedy Remedy)> Remedies { get; } = [];

    /// <summary>What became of comparisons with the exchange's own books.</summary>
    public List<(StreamKey Stream, ComparisonOutcome Outcome)> Comparisons { get; } = [];

    public List<StreamActivity> Activities { get; } = [];

    /// <summary>Why the connection can no longer be trusted, or null.</summary>
    public string? ReconnectReason { get; set; }

    public bool HasWork => Notices.Count > 0 || Remedies.Count > 0 || Comparisons.Count > 0 || ReconnectReason is not null;

    /// <summary>Nobody reacts: a replay.</summary>
    public void Clear()
    {
        Notices.Clear();
        Remedies.Clear();
        Comparisons.Clear();
        ReconnectReason = null;
    }

    public StreamActivity ActivityOf(StreamKey key)
    {
        foreach (var activity in Activities)
        {
            if (activity.Key == key)
                return activity;
        }

        var added = new StreamActivity(key);
        Activities.Add(added);
        return added;
    }
}
