namespace Ticklake.Simulator.Recordings;

/// <summary>One received message of a recording.</summary>
/// <param name="TimeNs">When it was received, 0 where unknown.</param>
/// <param name="Text">The message, byte for byte.</param>
sealed record RecordedFrame(long TimeNs, byte[] Text);
