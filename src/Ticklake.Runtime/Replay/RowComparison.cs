using Ticklake.Columnar;
using Ticklake.Stores.Tables;

namespace Ticklake.Runtime.Replay;

/// <summary>
/// Finds where the ranges that differ do so: takes the derived rows a second time and holds them against the stored ones,
/// row by row. Ends with each range after a few differences. One thread.
/// </summary>
sealed class RowComparison(string lake, SealedRanges ranges, VerificationReport report) : IDisposable
{
    // Each holds a row group in memory; where so many ranges differ, the others do for the same reason.
    const int MostRanges = 16;

    readonly Dictionary<SealedRange, Comparison> _comparisons = ranges.All
        .Where(x => x.Differs)
        .OrderBy(x => x.Segment, StringComparer.Ordinal)
        .ThenBy(x => x.Lines.FirstLine)
        .Take(MostRanges)
        .ToDictionary(x => x, _ => new Comparison());

    public void Take(RowBatch batch)
    {
        var claims = ranges.Of(batch.Header.SourceFile, batch.Header.Stream);
        if (!claims.Any(_comparisons.ContainsKey))
            return;
        foreach (var numbers in claims.Where(_comparisons.ContainsKey).Select(x => x.Numbers).Distinct())
            Take(batch, claims, numbers);
    }

    /// <summary>Tells of stored rows that no derived row came for.</summary>
    public void Finish()
    {
        foreach (var range in ranges.All.Where(x => x.Differs))
        {
            if (!_comparisons.TryGetValue(range, out var comparison))
            {
                Tell(comparison, Unlike(range));
                continue;
            }

            while (!comparison.IsDone && Open(range, comparison).Table is not null)
                TellOfExtraRow(range, comparison);
            if (comparison.Told == 0)
                Tell(comparison, Unlike(range));
        }
    }

    public void Dispose()
    {
        foreach (var comparison in _comparisons.Values)
            comparison.Dispose();
    }

    void Take(RowBatch batch, IReadOnlyList<SealedRange> claims, NumberForm numbers)
    {
        var schema = TableSchemas.Of(batch.Header.Stream.Channel, numbers);
        var columns = new RowGroupColumns(schema);
        batch.ToColumns(columns);
        var ingestIds = (Int64Part)columns.Columns[IndexOf(schema, "ingest_id")][0];
        var near = 0;
        for (var i = 0; i < batch.Count; i++)
        {
            if (SealedRanges.Find(claims, batch.Lines[i], ref near) is { } range && range.Numbers == numbers
                && _comparisons.TryGetValue(range, out var comparison) && !comparison.IsDone)
                Compare(range, comparison, new DerivedRow(columns, i, ingestIds.Values[i], batch.Lines[i]));
        }

        columns.Clear();
    }

    void Compare(SealedRange range, Comparison comparison, in DerivedRow derived)
    {
        var stored = Open(range, comparison);
        while (!comparison.IsDone && stored.Table is not null && stored.IngestId < derived.IngestId)
            TellOfExtraRow(range, comparison);
        if (comparison.IsDone)
            return;
        if (stored.Table is null || stored.IngestId > derived.IngestId)
        {
            Tell(comparison, new LakeDifference(range.Segment, "a row that this journal line gives is missing")
            {
                Journal = $"{range.Lines.File}:{derived.Line}",
            });
            return;
        }

        CompareColumns(range, comparison, stored, derived);
        if (!comparison.IsDone)
            stored.MoveNext();
    }

    void CompareColumns(SealedRange range, Comparison comparison, StoredRows stored, in DerivedRow derived)
    {
        var schema = derived.Columns.Schema;
        for (var column = 0; column < schema.Count && !comparison.IsDone; column++)
        {
            var kind = schema[column].Kind;
            var own = stored.Table![stored.Index, column];
            var said = DerivedValue.Of(derived.Columns.Columns[column][0], derived.Index, kind);
            if (DerivedValue.IsSame(own, said))
                continue;
            var (ownText, saidText) = (DerivedValue.Text(own, kind), DerivedValue.Text(said, kind));
            Tell(comparison, new LakeDifference(range.Segment, $"is {ownText}, the journal gives {saidText}")
            {
                Row = stored.Number,
                Column = schema[column].Name,
                Stored = ownText,
                Derived = saidText,
                Journal = $"{range.Lines.File}:{derived.Line}",
            });
        }
    }

    void TellOfExtraRow(SealedRange range, Comparison comparison)
    {
        var stored = comparison.Rows!;
        var difference = new LakeDifference(range.Segment, "the journal does not give this row")
        {
            Row = stored.Number,
            Journal = $"{range.Lines.File}:{stored.Line}",
        };
        stored.MoveNext();
        Tell(comparison, difference);
    }

    void Tell(Comparison? comparison, LakeDifference difference)
    {
        report.Add(difference);
        if (comparison is not null && ++comparison.Told >= VerificationReport.ToldPerPlace)
            comparison.Dispose();
    }

    StoredRows Open(SealedRange range, Comparison comparison) => comparison.Rows ??= new StoredRows(lake, range);

    static LakeDifference Unlike(SealedRange range) => new(
        range.Segment,
        $"its {range.Stored.Rows} rows are not the {range.Derived.Rows} that the journal gives, or not in that order")
    {
        Journal = $"{range.Lines.File}:{range.Lines.FirstLine}-{range.Lines.LastLine}",
    };

    static int IndexOf(IReadOnlyList<ColumnSchema> schema, string name)
    {
        var index = 0;
        while (schema[index].Name != name)
            index++;
        return index;
    }

    readonly record struct DerivedRow(RowGroupColumns Columns, int Index, long IngestId, long Line);

    sealed class Comparison : IDisposable
    {
        public StoredRows? Rows { get; set; }

        public int Told { get; set; }

        public bool IsDone { get; private set; }

        public void Dispose()
        {
            IsDone = true;
            Rows?.Dispose();
        }
    }
}
