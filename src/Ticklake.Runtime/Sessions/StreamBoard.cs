using Ticklake.Core.Markets;

namespace Ticklake.Runtime.Sessions;

/// <summary>How far a wanted stream is on its connection.</summary>
public enum StreamStage : byte
{
    /// <summary>To be asked for.</summary>
    Wanted,

    /// <summary>Asked for, no answer yet.</summary>
    Requested,

    /// <summary>Acknowledged, which proves nothing yet.</summary>
    Acknowledged,

    /// <summary>Has delivered data.</summary>
    Live,

    /// <summary>Being given back, to be asked for anew.</summary>
    Leaving,

    /// <summary>The exchange will not give it.</summary>
    Refused,
}

/// <summary>One wanted stream on one connection. Written by the session's loop only; others may read for display.</summary>
public sealed class StreamWatch(StreamKey key)
{
    public StreamKey Key { get; } = key;

    public StreamStage Stage { get; set; }

    /// <summary>When <see cref="Stage"/> was entered.</summary>
    public DateTimeOffset Since { get; set; }

    /// <summary>When it was last asked for; data may come before the acknowledgement (Coinbase).</summary>
    public DateTimeOffset AskedAt { get; set; }

    public DateTimeOffset? LastData { get; set; }

    public DateTimeOffset? LastHeartbeat { get; set; }

    /// <summary>How often it was acknowledged and stayed silent, since it last delivered.</summary>
    public int Silences { get; set; }

    /// <summary>How often it was refused, since it last delivered.</summary>
    public int Refusals { get; set; }

    /// <summary>Earliest time at which it may be resubscribed again.</summary>
    public DateTimeOffset NotBefore { get; set; }

    /// <summary>Its book is known to be wrong and waits for its turn.</summary>
    public bool IsRepairDue { get; set; }

    public int Resubscriptions { get; set; }

    /// <summary>Resubscriptions that followed each other closely: the last one did not help for long.</summary>
    public int RepairsInARow { get; set; }

    public string? Fault { get; set; }

    /// <summary>How often it delivers.</summary>
    internal StreamRhythm Rhythm { get; } = new();

    /// <summary>The last data before a silence that was declared and has not ended, or null.</summary>
    public DateTimeOffset? SilentSince { get; set; }

    /// <summary>When it was last asked for again because of a silence.</summary>
    public DateTimeOffset? SilenceRepairedAt { get; set; }
}

/// <summary>All wanted streams of one connection.</summary>
public sealed class StreamBoard
{
    // Replaced, never changed: others read while the loop gives a stream up.
    volatile Dictionary<StreamKey, StreamWatch> _watches = [];

    public StreamBoard(IEnumerable<StreamKey> wanted)
    {
        foreach (var key in wanted)
            _watches[key] = new StreamWatch(key);
    }

    /// <summary>These are no longer wanted.</summary>
    public void Remove(IReadOnlyCollection<StreamKey> keys) => _watches = _watches.Where(w => !keys.Contains(w.Key)).ToDictionary();

    public IReadOnlyCollection<StreamWatch> All => _watches.Values;

    public StreamWatch? Find(StreamKey key) => _watches.GetValueOrDefault(key);

    public void Move(StreamKey key, StreamStage stage, DateTimeOffset now)
    {
        if (_watches.TryGetValue(key, out var watch))
        {
            watch.Stage = stage;
            watch.Since = now;
            if (stage == StreamStage.Requested)
                watch.AskedAt = now;
        }
    }

    /// <summary>How far every stream is.</summary>
    public IReadOnlyList<StreamProgress> Progress() =>
        [.. All.Select(w => new StreamProgress(w.Key, w.Stage, w.Since, w.LastData))];

    /// <summary>Every stream delivers, or is known never to.</summary>
    public bool AllSettled => _watches.Values.All(w => w.Stage is StreamStage.Live or StreamStage.Refused);
}
