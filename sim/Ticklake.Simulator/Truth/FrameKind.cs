namespace Ticklake.Simulator.Truth;

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
