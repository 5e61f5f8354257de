using Ticklake.Core.Markets;
using Ticklake.Exchanges;

namespace Ticklake.Runtime.Sessions;

/// <summary>How one book's snapshot has been asked for so far. Session thread only.</summary>
sealed class ResyncAttempts(SnapshotRequest request, StreamKey stream, Backoff pauses)
{
    /// <summary>From so many failures in a row on a book is reported.</summary>
    public const int ReportedFailures = 5;

    // A book that goes wrong again so soon was not repaired.
    static readonly TimeSpan Calm = TimeSpan.FromMinutes(1);

    DateTimeOffset? _rightSince;

    public SnapshotRequest Request => request;

    public StreamKey Stream => stream;

    /// <summary>The request is under way, or waits for its pause.</summary>
    public bool IsUnderWay { get; set; }

    /// <summary>Failures in a row.</summary>
    public int Failures => pauses.Failures;

    /// <summary>It has been told that this book fails.</summary>
    public bool IsReported { get; set; }

    /// <summary>Why the last attempt failed.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>One more attempt is needed; how long to wait before it.</summary>
    public TimeSpan Fail(string reason)
    {
        Reason = reason;
        return pauses.Next();
    }

    /// <summary>The snapshot came and joined.</summary>
    public void Succeed(DateTimeOffset now) => _rightSince = now;

    /// <summary>A snapshot is needed; how long to wait for a book that was repaired only just now.</summary>
    public TimeSpan Begin(DateTimeOffset now)
    {
        if (_rightSince is not { } since)
            return TimeSpan.Zero;
        _rightSince = null;
        if (now - since < Calm)
            return Fail("the book went wrong again at once");
        pauses.Reset();
        IsReported = false;
        return TimeSpan.Zero;
    }
}
