namespace Ticklake.Runtime.Journal;

/// <summary>The journal's settings; the defaults are the tested behaviour.</summary>
public sealed record JournalOptions
{
    /// <summary>Uncompressed bytes of a full block.</summary>
    public int BlockBytes { get; init; } = 256 * 1024;

    /// <summary>zstd level, 1 (fast) to 19 (small).</summary>
    public int CompressionLevel { get; init; } = 1;

    /// <summary>A file at least this large (compressed) wants rotation.</summary>
    public long RotateBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>A file at least this old wants rotation.</summary>
    public TimeSpan RotateAge { get; init; } = TimeSpan.FromHours(1);

    /// <summary>A block that is not full is written once its first line is this old.</summary>
    public TimeSpan HandOverAge { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How often what was written is forced to the disk.</summary>
    public TimeSpan SyncInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the flusher waits after a failed write before it tries again.</summary>
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Blocks waiting for the disk, of all sessions together, beyond which frames are declared lost.</summary>
    public long BacklogBytes { get; init; } = 256L * 1024 * 1024;
}
