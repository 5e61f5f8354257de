namespace Ticklake.Runtime.Configuration;

/// <summary>How much of the disk the lake may take (<c>disk:</c>).</summary>
public sealed record DiskOptions
{
    /// <summary>Most bytes of journals and segments together; null for no limit.</summary>
    public long? Budget { get; init; }

    /// <summary>Bytes of the disk that are to stay free; null leaves it to run full.</summary>
    public long? Reserve { get; init; }
}
