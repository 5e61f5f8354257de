using System.Runtime.InteropServices;
using Ticklake.Columnar;
using Ticklake.Core.Events;
using Ticklake.Exchanges;
using Ticklake.Stores.Segments;

namespace Ticklake.Runtime.Export.Tardis;

/// <summary>Writes the files that are made from a stream of books, all in one pass over its rows. One thread.</summary>
sealed class BookFiles
{
    static readonly string[] Columns =
        ["side", "price", "amount", "is_snapshot", "first_update_id", "last_update_id", "prev_update_id"];

    readonly StreamPlan _plan;
    readonly ExportReport _report;
    readonly LocalTime _time;
    readonly StoredBook _book;
    readonly IncrementalRows? _incremental;
    readonly List<LevelRows> _levelTables;
    readonly List<BookLevel> _levels = [];
    string _session = "";
    CatalogEntry? _segment;
    JournalRange? _range;

    // The rows of all lines between the last update and this one are in the same segment.
    bool _isNext;

    public BookFiles(StreamPlan plan, ExportReport report)
    {
        _plan = plan;
        _report = report;
        _time = new LocalTime(report);
        var rules = ExchangeCatalog.Find(plan.Stream.Market.Exchange)!.RulesFor(plan.Stream);
        _book = new StoredBook(plan.Stream, rules);
        _incremental = plan.Tables.Where(t => t.Type == TardisType.IncrementalBook).Select(t => new IncrementalRows(t)).FirstOrDefault();
        _levelTables = [.. plan.Tables.Where(t => t.Type.Levels > 0).Select(t => new LevelRows(t))];
    }

    public void Write(ExportRequest request, CancellationToken cancel)
    {
        using var rows = new StreamRows(request.DataDirectory, _plan.Segments, Columns, _plan.Tell);
        var frame = default(FrameStart);
        while (rows.MoveNext())
        {
            var row = rows.Current;
            var start = FrameStart.Of(row);
            if (_levels.Count > 0 && start != frame)
                Apply(frame, request);
            if (_levels.Count == 0)
            {
                cancel.ThrowIfCancellationRequested();
                frame = start;
                Enter(row);
                if (start.RecvUs >= request.ToUs)
                    break;
            }

            var side = ((Utf8Values)row[0]).Utf8(row.Row)[0] == 'b' ? BookSide.Bid : BookSide.Ask;
            _levels.Add(new BookLevel(side, StoredNumber.Of(row[1], row.Row), StoredNumber.Of(row[2], row.Row)));
        }

        if (_levels.Count > 0)
            Apply(frame, request);
    }

    // What lies between the update before and this one.
    void Enter(SegmentCursor row)
    {
        while (_plan.Holes.TryPass(row, out var hole))
        {
            if (_plan.Request.Includes(hole.RecvUs))
                _report.GapsCrossed++;
            _book.Pass(hole);
        }

        if (row.Session != _session)
        {
            _session = row.Session;
            _book.BeginSession();
        }

        var (file, line) = (row.SourceFile, row.Line);
        _isNext = _segment == row.Entry && _range is { } range && IsIn(range, file, line);
        if (_isNext)
            return;
        _segment = row.Entry;
        _range = row.Entry.Manifest.Journal.FirstOrDefault(r => IsIn(r, file, line));
    }

    static bool IsIn(JournalRange range, string file, long line) =>
        range.File == file && line >= range.FirstLine && line <= range.LastLine;

    void Apply(in FrameStart frame, ExportRequest request)
    {
        var levels = CollectionsMarshal.AsSpan(_levels);
        var update = new BookUpdate(
            new EventStamp(frame.Seq, frame.ExchangeUs ?? EventStamp.None), frame.IsSnapshot, frame.First, frame.Last, frame.Previous,
            EventStamp.None);
        var step = _book.Apply(update, levels, _isNext);
        var local = _time.Of(frame.RecvUs);
        if (step == StoredStep.LeftOut && request.Includes(local))
            _report.UpdatesLeftOut++;
        var moment = new BookMoment(_book.Book, step, frame.ExchangeUs, local, levels);
        _incremental?.Take(moment);
        foreach (var table in _levelTables)
            table.Take(moment);
        _levels.Clear();
    }

    /// <summary>What is the same in all rows of an update.</summary>
    readonly record struct FrameStart(
        string SourceFile, long Line, long RecvUs, long? ExchangeUs, long Seq, bool IsSnapshot, long First, long Last, long Previous)
    {
        public static FrameStart Of(SegmentCursor row) => new(
            row.SourceFile, row.Line, row.RecvUs, row.ExchangeUs, row.Seq, ((FixedValues<bool>)row[3]).Values[row.Row],
            Id(row, 4), Id(row, 5), Id(row, 6));

        static long Id(SegmentCursor row, int column) =>
            row[column].IsNull(row.Row) ? EventStamp.None : ((FixedValues<long>)row[column]).Values[row.Row];
    }
}
