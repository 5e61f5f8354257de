using Ticklake.Core.Events;

namespace Ticklake.Stores.Tables;

/// <summary>Something that happened to a stream or its connection. Allocates: such rows are rare.</summary>
/// <param name="Kind"><c>open</c>, <c>gap</c>, <c>checksum_mismatch</c> …: design.md section 5.</param>
/// <param name="Channel">The affected stream's channel (<c>books</c>), or <c>controls</c> for the whole
/// connection.</param>
/// <param name="Symbol">The affected stream's symbol, or empty for the whole connection.</param>
/// <param name="Pair">Its pair, or empty.</param>
public sealed record ControlEvent(string Kind, string Channel, string Symbol, string Pair)
{
    /// <summary>Sequence number and exchange time of the frame that showed it.</summary>
    public EventStamp Stamp { get; init; } = EventStamp.Empty;

    /// <summary>First number missing, or <see cref="EventStamp.None"/>.</summary>
    public long FromSeq { get; init; } = EventStamp.None;

    /// <summary>Last number missing, or <see cref="EventStamp.None"/>.</summary>
    public long ToSeq { get; init; } = EventStamp.None;

    /// <summary>One JSON object.</summary>
    public string Detail { get; init; } = "{}";
}
