namespace Ticklake.Simulator.Truth;

/// <summary>What the log keeps of each frame.</summary>
public enum TruthDetail
{
    /// <summary>The exact text.</summary>
    Full,

    /// <summary>Length and SHA-1.</summary>
    Hash,

    /// <summary>Only counts per stream.</summary>
    Count,
}
