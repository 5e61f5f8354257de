using System.Text;
using Ticklake.Columnar;
using Ticklake.Core.Events;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;

namespace Ticklake.Runtime.Replay;

/// <summary>Goes through a segment's rows once, and holds them against what the manifest says of them.</summary>
sealed class SegmentScan(CatalogEntry entry, IReadOnlyList<SealedRange> ranges, VerificationReport report)
{
    readonly byte[][] _files = [.. ranges.Select(x => Encoding.UTF8.GetBytes(x.Lines.File))];
    int _range;
    long _strays;
    long? _firstRecvUs;
    long? _lastRecvUs;
    long? _firstSeq;
    long? _lastSeq;

    public long Rows { get; private set; }

    public void Add(ColumnTable table)
    {
        var hashes = TableHash.Of(table);
        var files = (Utf8Values)table["source_file"];
        var lines = ((FixedValues<long>)table["line_no"]).Values;
        for (var i = 0; i < table.RowCount; i++)
        {
            Rows++;
            if (RangeOf(files.Utf8(i), lines[i]) is { } range)
                range.AddStored(hashes[i], lines[i]);
            else if (_strays++ == 0)
            {
                report.Add(new LakeDifference(entry.FilePath, "the row's journal line is in no range of the manifest")
                {
                    Row = Rows,
                    Journal = $"{files[i]}:{lines[i]}",
                });
            }
        }

        NoteBounds(table);
    }

    /// <summary>Compares the sums with the manifest.</summary>
    public void Finish()
    {
        var manifest = entry.Manifest;
        Compare("rows", Rows, manifest.Rows);
        if (_firstRecvUs is { } first)
            Compare("first_recv_ts", UtcText.Micros(first), UtcText.Micros(manifest.FirstRecvUs));
        if (_lastRecvUs is { } last)
            Compare("last_recv_ts", UtcText.Micros(last), UtcText.Micros(manifest.LastRecvUs));
        Compare("first_seq", _firstSeq, manifest.FirstSeq);
        Compare("last_seq", _lastSeq, manifest.LastSeq);
        foreach (var range in ranges)
        {
            var lines = range.Lines;
            var stored = (range.Stored.Rows, range.StoredLines.First, range.StoredLines.Last);
            if (stored == (lines.Rows, lines.FirstLine, lines.LastLine))
                continue;
            report.Add(new LakeDifference(
                entry.FilePath,
                $"holds {stored.Rows} rows of lines {stored.First}-{stored.Last}, the manifest says {lines.Rows} of lines "
                + $"{lines.FirstLine}-{lines.LastLine}")
            {
                Journal = lines.File,
            });
        }
    }

    SealedRange? RangeOf(ReadOnlySpan<byte> file, long line)
    {
        // Rows lie in the order of the ranges; only a manifest that was changed makes the search long.
        for (var step = 0; step < _files.Length; step++)
        {
            var index = (_range + step) % _files.Length;
            if (!ranges[index].Contains(line) || !file.SequenceEqual(_files[index]))
                continue;
            _range = index;
            return ranges[index];
        }

        return null;
    }

    void NoteBounds(ColumnTable table)
    {
        if (table.RowCount == 0)
            return;
        var received = ((FixedValues<long>)table["recv_ts"]).Values;
        _firstRecvUs ??= received[0];
        _lastRecvUs = received[^1];
        var sequences = (FixedValues<long>)table["seq"];
        for (var i = 0; i < sequences.Count; i++)
        {
            if (sequences.IsNull(i) || sequences.Values[i] == EventStamp.None)
                continue;
            _firstSeq ??= sequences.Values[i];
            _lastSeq = sequences.Values[i];
        }
    }

    void Compare<T>(string what, T own, T said)
    {
        if (EqualityComparer<T>.Default.Equals(own, said))
            return;
        report.Add(
            entry.FilePath,
            $"its rows give {what} {own?.ToString() ?? "null"}, the manifest says {said?.ToString() ?? "null"}");
    }
}
