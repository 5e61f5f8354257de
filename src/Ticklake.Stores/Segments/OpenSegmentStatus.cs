using Ticklake.Core.Markets;

namespace Ticklake.Stores.Segments;

/// <summary>An open segment as people see it.</summary>
/// <param name="Stream">Whose it is.</param>
/// <param name="Rows">Rows taken, written or still held.</param>
/// <param name="Bytes">Bytes written so far.</param>
/// <param name="Span">The receive times it may hold.</param>
/// <param name="LastRecvUs">Receive time of the last row taken.</param>
public sealed record OpenSegmentStatus(StreamKey Stream, long Rows, long Bytes, SegmentSpan Span, long LastRecvUs);
