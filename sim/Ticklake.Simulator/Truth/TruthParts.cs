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

/// <summary>What a frame is to the one who receives it.</summary>
public enum FrameKind
{
    Control,
    Snapshot,
    Update,
    Trade,
    TradeConfirmation,
    Heartbeat,
    Checksum,
}

/// <summary>One trade as it was sent. The amount is positive; funding trades have their rate as price.</summary>
public sealed record TruthTrade(long Id, decimal Price, decimal Amount, bool TakerBuys, long TimeUs);

/// <summary>
/// One frame as handed to the socket, numbered from 1 in its connection: its exact text, or its SHA-1 in lower-case hex
/// where only that is kept. Rows are those of <see cref="TruthStream"/>; trades are counted by id there.
/// </summary>
public sealed record TruthFrame(
    int Connection, long Ordinal, string? Stream, FrameKind Kind, int Length, int Rows, string? Text, string? Sha1);

/// <summary>
/// What an armed fault (by its ordinal) did on a connection (0 = REST), and the ordinal of the first frame at which a
/// client could know it, 0 where no frame shows it. The detail is the frame that was hurt, or what was answered.
/// </summary>
public sealed record TruthFault(
    int Fault, string Kind, string? Stream, int Connection, long VisibleFrame, string Detail);
