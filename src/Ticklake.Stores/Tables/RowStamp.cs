namespace Ticklake.Stores.Tables;

/// <summary>
/// Where a row comes from: the frame's receive time and journal line, and the row's place within the frame.
/// </summary>
/// <param name="RecvUs">Receive time in microseconds since the Unix epoch, rounded down from the journal's
/// nanoseconds.</param>
/// <param name="LineNumber">1-based line of the journal file.</param>
/// <param name="RowInFrame">0-based, counted over all tables a frame writes to; less than <see
/// cref="MaxRowsPerFrame"/>.</param>
public readonly record struct RowStamp(long RecvUs, long LineNumber, int RowInFrame)
{
    /// <summary>Bits of <see cref="IngestId"/> that number the row within its frame.</summary>
    public const int RowBits = 20;

    /// <summary>More rows than this in one frame would share ingest ids with the next line.</summary>
    public const int MaxRowsPerFrame = 1 << RowBits;

    /// <summary>Unique within its journal file and the same in every replay of it.</summary>
    public long IngestId => (LineNumber << RowBits) | (uint)RowInFrame;
}
