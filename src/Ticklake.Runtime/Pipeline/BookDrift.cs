using Ticklake.Core.Markets;
using Ticklake.Core.Time;

namespace Ticklake.Runtime.Pipeline;

/// <summary>A live book that was not the exchange's own, and both as they were, for a post-mortem.</summary>
/// <param name="Stream">The book's stream.</param>
/// <param name="Time">When it was found.</param>
/// <param name="Place">The journal line where it was found, for people.</param>
/// <param name="UpdateId">The update that both stand at.</param>
/// <param name="Finding">What differs, in words.</param>
/// <param name="Ours">The live book, as <c>ticklake book --canonical</c> prints it.</param>
/// <param name="Theirs">The exchange's.</param>
public sealed record BookDrift(
    StreamKey Stream, TimestampNs Time, string Place, long UpdateId, string Finding, byte[] Ours, byte[] Theirs);
