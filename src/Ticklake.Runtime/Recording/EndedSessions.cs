using Ticklake.Runtime.Pipeline;
using Ticklake.Runtime.Replay;

namespace Ticklake.Runtime.Recording;

/// <summary>
/// Sessions that have ended but whose rows may still be in open segments. Once everything is sealed each gets its note, so
/// that a restart need not replay it. Thread-safe.
/// </summary>
public sealed class EndedSessions
{
    readonly Lock _lock = new();
    readonly List<(string JournalFile, IReadOnlyList<StreamCarry> Streams)> _waiting = [];

    public void Add(string journalFile, IEnumerable<StreamState> states)
    {
        // Taken now: the next session goes on changing the states.
        var carries = states.Select(StreamCarry.Of).ToList();
        lock (_lock)
            _waiting.Add((journalFile, carries));
    }

    /// <summary>The sessions that have ended by now.</summary>
    public IReadOnlyList<(string JournalFile, IReadOnlyList<StreamCarry> Streams)> Take()
    {
        lock (_lock)
        {
            var taken = _waiting.ToList();
            _waiting.Clear();
            return taken;
        }
    }

    /// <summary>Notes sessions whose rows are all sealed.</summary>
    public static void Mark(IEnumerable<(string JournalFile, IReadOnlyList<StreamCarry> Streams)> sessions)
    {
        foreach (var (file, streams) in sessions)
            SessionMarker.Write(file, streams);
    }
}
