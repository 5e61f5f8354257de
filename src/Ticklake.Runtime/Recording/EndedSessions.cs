using Ticklake.Runtime.Pipeline;
using Ticklake.Runtime.Replay;

namespace Ticklake.Runtime.Recording;

/// <summary>A session that has ended and whose rows are not known to be all sealed.</summary>
/// <param name="JournalFile">Full path of its first journal file.</param>
/// <param name="Folder">Its journal folder, as rows name it: the beginning of <c>source_file</c>.</param>
/// <param name="Streams">What its streams leave to the next session.</param>
/// <param name="EndedAt">The clock's timestamp when it ended.</param>
public sealed record EndedSession(string JournalFile, string Folder, IReadOnlyList<StreamCarry> Streams, long EndedAt);

/// <summary>
/// Sessions that have ended but whose rows may still be in open segments. Once everything is sealed each gets its note, so
/// that a restart need not replay it. Thread-safe.
/// </summary>
public sealed class EndedSessions
{
    readonly Lock _lock = new();
    readonly List<EndedSession> _waiting = [];

    /// <summary>The sessions that have ended by now and have no note; all their rows were handed over before.</summary>
    public IReadOnlyList<EndedSession> Waiting
    {
        get
        {
            lock (_lock)
                return [.. _waiting];
        }
    }

    public void Add(string data, string journalFile, IEnumerable<StreamState> states, long now)
    {
        // Taken now: the next session goes on changing the states.
        var carries = states.Select(StreamCarry.Of).ToList();
        var folder = SessionFolders.Of(Path.GetRelativePath(data, journalFile).Replace('\\', '/'));
        lock (_lock)
            _waiting.Add(new EndedSession(journalFile, folder, carries, now));
    }

    /// <summary>
    /// Notes sessions whose rows are all sealed. What the disk refuses is left to the next start, at the cost of a replay.
    /// </summary>
    public void Complete(IEnumerable<EndedSession> sessions)
    {
        foreach (var session in sessions)
        {
            lock (_lock)
            {
                // Two callers may have seen it waiting.
                if (!_waiting.Remove(session))
                    continue;
            }

            SessionMarker.TryWrite(session.JournalFile, session.Streams);
        }
    }
}
