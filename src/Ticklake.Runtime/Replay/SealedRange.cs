using Ticklake.Core.Markets;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;

namespace Ticklake.Runtime.Replay;

/// <summary>
/// A journal range that a manifest names, with the rows its segment holds of it and the rows the journal yields.
/// </summary>
sealed class SealedRange(string segment, StreamKey stream, JournalRange lines)
{
    /// <summary>The segment's file, relative to the lake.</summary>
    public string Segment => segment;

    public StreamKey Stream => stream;

    public JournalRange Lines => lines;

    /// <summary>False where the segment or the journal cannot be read, which was told already.</summary>
    public bool IsComparable { get; set; } = true;

    /// <summary>How the segment holds numbers; derived rows are compared in that form.</summary>
    public NumberForm Numbers { get; set; }

    public RowChain Stored { get; private set; }

    public RowChain Derived { get; private set; }

    /// <summary>Journal lines of the first and last stored row.</summary>
    public LineRange StoredLines { get; private set; }

    public bool Differs => IsComparable && Stored != Derived;

    public bool Contains(long line) => line >= lines.FirstLine && line <= lines.LastLine;

    public void AddStored(ulong row, long line)
    {
        StoredLines = new LineRange(Stored.Rows == 0 ? line : StoredLines.First, line);
        Stored = Stored.With(row);
    }

    public void AddDerived(ulong row) => Derived = Derived.With(row);
}
