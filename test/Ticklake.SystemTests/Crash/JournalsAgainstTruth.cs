using System.Text;
using Ticklake.Runtime.Journal;
using Ticklake.Simulator.Truth;

namespace Ticklake.SystemTests.Crash;

/// <summary>Compares each session's journal with what the simulator sent on that connection, byte for byte.</summary>
sealed class JournalsAgainstTruth
{
    readonly TruthLog _truth;
    readonly IReadOnlyList<Kill> _kills;

    public JournalsAgainstTruth(string data, TruthLog truth, IReadOnlyList<Kill> kills)
    {
        _truth = truth;
        _kills = kills;
        foreach (var sessions in JournalFolder.Sessions(data).GroupBy(s => s.Market.Exchange))
            Compare(sessions.Key, [.. sessions]);
    }

    public List<string> Faults { get; } = [];

    public long Journalled { get; private set; }

    public int Sessions { get; private set; }

    public int TornTails { get; private set; }

    /// <summary>Frames sent before the kill that are not in the journal, and how long before it the oldest was sent.</summary>
    public List<(int Connection, long Journalled, KillPhase Phase, long Frames, TimeSpan Age)> Lost { get; } = [];

    // Sessions and connections are in the same order, but a recorder killed at once leaves a connection without journal.
    void Compare(string exchange, IReadOnlyList<JournalSession> sessions)
    {
        var connections = new Queue<TruthConnection>(_truth.Connections.Where(c => c.Exchange == exchange));
        foreach (var session in sessions)
        {
            Sessions++;
            var frames = Read(session, out var wasEnded);
            Journalled += frames.Count;
            var isFound = false;
            while (!isFound && connections.TryDequeue(out var connection))
            {
                isFound = IsPrefix(frames, _truth.Frames(connection.Ordinal));
                if (!wasEnded || !isFound)
                    CountLost(connection.Ordinal, isFound ? frames.Count : 0);
            }

            if (!isFound)
                Faults.Add($"{session.Files[0].RelativePath}: its {frames.Count} frames are not the beginning of what any connection was sent");
        }

        foreach (var connection in connections)
            CountLost(connection.Ordinal, 0);
    }

    void CountLost(int ordinal, long journalled)
    {
        if (_kills.FirstOrDefault(k => k.Sent.ContainsKey(ordinal)) is not { } kill)
            return;
        var sent = kill.Sent[ordinal];
        var missing = sent[^1].Frames - journalled;
        if (missing > 0)
            Lost.Add((ordinal, journalled, kill.Phase, missing, sent.First(s => s.Frames > journalled).Before));
    }

    List<string> Read(JournalSession session, out bool wasEnded)
    {
        var frames = new List<string>();
        wasEnded = false;
        foreach (var file in session.Files)
        {
            using var reader = new JournalReader(file.FullPath);
            while (reader.TryRead(out var line))
            {
                if (line.Kind == JournalLineKind.Received)
                    frames.Add(Encoding.UTF8.GetString(line.Payload));
                wasEnded = line.Kind == JournalLineKind.Occurrence
                    && (line.Occurrence.SequenceEqual("close"u8) || line.Occurrence.SequenceEqual("error"u8));
            }

            if (reader.End == JournalEnd.TornTail)
                TornTails++;
            if (reader.End == JournalEnd.Damaged)
                Faults.Add($"{file.RelativePath} is damaged");
        }

        return frames;
    }

    static bool IsPrefix(List<string> frames, IReadOnlyList<TruthFrame> sent) =>
        frames.Count <= sent.Count && frames.Zip(sent).All(pair => pair.First == pair.Second.Text);
}
