using Ticklake.Core.Markets;
using Ticklake.Core.Time;

namespace Ticklake.Runtime.Journal;

/// <summary>One session's journal files in order.</summary>
public sealed record JournalSession(MarketId Market, string ConnId, IReadOnlyList<JournalFileEntry> Files)
{
    public TimestampNs Begin => Files[0].Begin;

    public JournalHeader Header => Files[0].Header;
}

/// <summary>One journal file.</summary>
/// <param name="FullPath">Where it is.</param>
/// <param name="RelativePath">As rows name it: <c>journal/…</c> with forward slashes.</param>
/// <param name="Header">Its <c>open</c> line.</param>
/// <param name="Begin">The time of its <c>open</c> line.</param>
/// <param name="Bytes">Its size on the disk.</param>
public sealed record JournalFileEntry(
    string FullPath, string RelativePath, JournalHeader Header, TimestampNs Begin, long Bytes);
