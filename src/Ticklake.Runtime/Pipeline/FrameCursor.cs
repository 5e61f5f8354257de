using Ticklake.Core.Time;
using Ticklake.Runtime.Journal;
using Ticklake.Stores.Tables;

namespace Ticklake.Runtime.Pipeline;

/// <summary>The journal line being processed, and the ordinal of its next row. Session thread only.</summary>
sealed class FrameCursor
{
    public TimestampNs Time { get; private set; }

    public long RecvUs { get; private set; }

    public long LineNumber { get; private set; }

    public long ImportedLine { get; private set; }

    int _ordinal;

    public void MoveTo(in JournalLine line)
    {
        Time = line.Time;
        RecvUs = line.Time.Microseconds;
        LineNumber = line.LineNumber;
        ImportedLine = line.ImportedLine;
        _ordinal = 0;
    }

    /// <summary>The stamp of the next row of this line.</summary>
    public RowStamp Next() => new(RecvUs, LineNumber, _ordinal++);

    /// <summary>The stamp of the first of so many rows.</summary>
    public RowStamp Next(int rows)
    {
        var stamp = new RowStamp(RecvUs, LineNumber, _ordinal);
        _ordinal += rows;
        return stamp;
    }
}
