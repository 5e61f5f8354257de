using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Stores.Tables;

namespace Ticklake.Tests.Runtime.Pipeline;

/// <summary>
/// What a pipeline has handed on, stream by stream: cells, holes and checksums.
/// </summary>
sealed class FuzzRows
{
    readonly SortedDictionary<string, RowCells> _cells = new(StringComparer.Ordinal);
    readonly SortedDictionary<string, List<string>> _findings = new(StringComparer.Ordinal);

    public int Rows => _cells.Values.Sum(x => x.Rows);

    /// <summary>Controls rows of lines that are not the good ones.</summary>
    public int QuarantinedRows { get; private set; }

    /// <param name="rig">Its batches are taken from it.</param>
    /// <param name="lineOf">The number a line has in the run without bad frames, or null for a bad frame's.</param>
    public void Take(PipelineRig rig, Func<long, long?> lineOf)
    {
        foreach (var batch in rig.Batches)
        {
            var (stream, schema) = (batch.Header.Stream, TableSchemas.Of(batch.Header.Stream.Channel));
            var cells = new RowCells(schema);
            cells.Add(batch);
            Renumber(cells, stream.Channel, lineOf);
            // A market without findings has no controls but those that bad frames make.
            if (stream.Channel == Channel.Controls && !cells["line_no"].Exists(line => line != 0))
                continue;
            if (!_cells.TryGetValue(stream.ToString(), out var all))
                _cells.Add(stream.ToString(), all = new RowCells(schema));
            all.Add(cells, row => cells["line_no"][row] != 0);
            if (!_findings.TryGetValue(stream.ToString(), out var findings))
                _findings.Add(stream.ToString(), findings = []);
            findings.AddRange(batch.Gaps.Select(x => $"{x with { Line = lineOf(x.Line)!.Value }}"));
            findings.AddRange(Enumerable.Repeat("checksum", batch.ChecksumsOk));
            findings.AddRange(Enumerable.Repeat("wrong checksum", batch.ChecksumsMismatched));
        }

        rig.Batches.Clear();
    }

    public void ShouldBe(FuzzRows other, string what)
    {
        _cells.Keys.ShouldBe(other._cells.Keys, what);
        foreach (var (stream, cells) in _cells)
            cells.ShouldBe(other._cells[stream], $"{what}, {stream}");
        foreach (var (stream, findings) in _findings)
            findings.Order(StringComparer.Ordinal).ShouldBe(other._findings[stream].Order(StringComparer.Ordinal), $"{what}, {stream}");
    }

    // Line 0 marks the row that a bad frame leaves: one that says it was quarantined.
    void Renumber(RowCells cells, Channel channel, Func<long, long?> lineOf)
    {
        var (lines, ids) = (cells["line_no"], cells["ingest_id"]);
        for (var row = 0; row < cells.Rows; row++)
        {
            (ids[row] >> RowStamp.RowBits).ShouldBe(lines[row]);
            var line = lineOf(lines[row]);
            if (line is null)
            {
                channel.ShouldBe(Channel.Controls);
                cells["kind"][row].ShouldBe(RowCells.Of("quarantined"));
                QuarantinedRows++;
            }

            ids[row] += ((line ?? 0) - lines[row]) << RowStamp.RowBits;
            lines[row] = line ?? 0;
        }
    }
}
