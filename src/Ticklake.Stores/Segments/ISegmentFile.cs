using Ticklake.Columnar;
using Ticklake.Core.Markets;

namespace Ticklake.Stores.Segments;

/// <summary>A segment's file being written in some format. Store thread only.</summary>
public interface ISegmentFile : IDisposable
{
    /// <summary>Bytes written so far; a finished file may be longer by what it ends with.</summary>
    long BytesWritten { get; }

    /// <summary>Writes rows as one group: for each column of the table the parts that make it up.</summary>
    void WriteRowGroup(IReadOnlyList<IReadOnlyList<ColumnPart>> columns);

    /// <summary>Writes what the file ends with. The stream stays open.</summary>
    /// <param name="metadata">What the file says of itself, where its format has room for it.</param>
    void Finish(IReadOnlyList<KeyValuePair<string, string>> metadata);
}

/// <summary>
/// Begins the segments' files of one format. They are written one group after the other, so what a group is built in
/// exists once and not once a file. Store thread only.
/// </summary>
public interface ISegmentWorkspace : IDisposable
{
    /// <param name="output">Written from here on; stays open, and tells how much was written.</param>
    /// <param name="channel">Whose table the rows are of.</param>
    ISegmentFile Begin(Stream output, Channel channel);
}
