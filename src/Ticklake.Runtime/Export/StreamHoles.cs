using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;

namespace Ticklake.Runtime.Export;

/// <summary>The declared holes of one stream, given out as its rows pass them. One thread.</summary>
sealed class StreamHoles
{
    /// <summary>Reason of a hole that is none of the recording: the segment's file was shipped or removed.</summary>
    public const string FileMissing = "file_missing";

    readonly List<GapMark> _marks;
    int _next;

    /// <param name="segments">All segments of the stream.</param>
    /// <param name="missing">Those whose files are not there.</param>
    public StreamHoles(IEnumerable<CatalogEntry> segments, IEnumerable<CatalogEntry> missing) =>
        _marks =
        [
            .. segments.SelectMany(s => s.Manifest.Gaps)
                .Concat(missing.Select(s => new GapMark(FileMissing, "", 0, s.Manifest.FirstRecvUs)))
                .OrderBy(g => g.RecvUs),
        ];

    /// <summary>The next hole that lies before this row.</summary>
    public bool TryPass(SegmentCursor row, out GapMark hole) => TryPass(row.SourceFile, row.Line, row.RecvUs, out hole);

    public bool TryPass(string sourceFile, long line, long recvUs, out GapMark hole)
    {
        hole = null!;
        if (_next >= _marks.Count)
            return false;
        hole = _marks[_next];
        if (hole.SourceFile == sourceFile ? hole.Line > line : hole.RecvUs > recvUs)
            return false;
        _next++;
        return true;
    }
}
