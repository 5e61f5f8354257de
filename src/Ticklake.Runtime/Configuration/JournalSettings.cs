namespace Ticklake.Runtime.Configuration;

/// <summary>How journals are written and how long they are kept (<c>journal:</c>).</summary>
public sealed record JournalSettings
{
    public TimeSpan SyncInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Bytes on disk after which a new journal file begins.</summary>
    public long RotateSize { get; init; } = 256_000_000;

    public TimeSpan RotateAge { get; init; } = TimeSpan.FromHours(1);

    /// <summary>zstd level.</summary>
    public int Level { get; init; } = 1;

    /// <summary>Null keeps journals for ever.</summary>
    public TimeSpan? Retention { get; init; }
}
