using Ticklake.Core.Events;

namespace Ticklake.Stores.Tables;

/// <summary>
/// A hole in a stream as its segment's manifest declares it; the same hole has its row in <c>controls</c>.
/// </summary>
/// <param name="Reason">The <c>kind</c> of the controls row: <c>gap</c>, <c>checksum_mismatch</c>, <c>close</c>
/// …</param>
/// <param name="SourceFile">Journal file of the frame where the hole was found.</param>
/// <param name="Line">Line of that frame.</param>
/// <param name="RecvUs">Its receive time, microseconds.</param>
/// <param name="FromSeq">First number missing, or <see cref="EventStamp.None"/>.</param>
/// <param name="ToSeq">Last number missing, or <see cref="EventStamp.None"/>.</param>
public sealed record GapMark(
    string Reason,
    string SourceFile,
    long Line,
    long RecvUs,
    long FromSeq = EventStamp.None,
    long ToSeq = EventStamp.None);
