namespace Ticklake.Stores.Tables;

/// <summary>
/// A row of <c>controls</c> that concerns a stream, on its way to the stream's segment: the row itself goes to the table.
/// </summary>
/// <param name="Header">What it shares with its journal file's other rows of <c>controls</c>.</param>
/// <param name="Stamp">Where it comes from.</param>
/// <param name="Event">What it says.</param>
public sealed record ControlNote(BatchHeader Header, RowStamp Stamp, ControlEvent Event);
