using Ticklake.Columnar;
using Ticklake.Stores.Csv;
using Ticklake.Stores.Segments;

namespace Ticklake.Runtime.Viewing;

/// <summary>Which rows and columns of a segment are wanted.</summary>
/// <param name="Columns">Names, in the order wanted; none for all columns.</param>
/// <param name="Conditions">All of them must be met.</param>
public sealed record SegmentQuestion(IReadOnlyList<string> Columns, IReadOnlyList<RowCondition> Conditions);

/// <summary>
/// The rows of a file that someone asked for, one row group in memory at a time. One thread.
/// </summary>
public sealed class SegmentView : IDisposable
{
    readonly TableReader _reader;
    readonly int[] _columns;
    readonly (int Column, Func<ColumnValues, int, bool> IsMet)[] _conditions;
    readonly RowFilter[] _filters;

    SegmentView(TableReader reader, SegmentQuestion question)
    {
        _reader = reader;
        _columns = question.Columns.Count == 0
            ? [.. Enumerable.Range(0, reader.Schema.Count)]
            : [.. question.Columns.Select(IndexOf)];
        _conditions = [.. question.Conditions.Select(x => (IndexOf(x.Column), Test(x, IndexOf(x.Column))))];
        _filters = [.. question.Conditions.Select(x => x.Bounds(reader.Schema[IndexOf(x.Column)])).OfType<RowFilter>()];
        Columns = [.. _columns.Select(x => reader.Schema[x])];
    }

    /// <summary>The columns of each row, in order.</summary>
    public IReadOnlyList<ColumnSchema> Columns { get; }

    /// <exception cref="FormatException">The question does not fit the file; the message says why.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SegmentView Open(string path, SegmentQuestion question)
    {
        var reader = SegmentFile.Open(path);
        try
        {
            return new SegmentView(reader, question);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>Values as <see cref="ColumnValues"/> gives them, in the order of <see cref="Columns"/>.</summary>
    /// <exception cref="InvalidDataException">The file is damaged there.</exception>
    public IEnumerable<object?[]> Rows()
    {
        for (var group = 0; group < _reader.GroupRows.Count; group++)
        {
            // What the file's bounds rule out is not read; of the rest, first the columns that conditions look at.
            var candidates = _reader.Select(group, _filters);
            var read = new Dictionary<int, ColumnValues>();
            var places = Met(group, candidates, read);
            if (places.Count == 0)
                continue;
            var rows = candidates.Pick(places);
            var met = RowRanges.OfRows(places);
            var columns = _columns
                .Select(x => read.TryGetValue(x, out var known) ? known.Take(met) : _reader.ReadColumn(group, x, rows))
                .ToArray();
            for (var row = 0; row < rows.Count; row++)
                yield return [.. columns.Select(x => x[row])];
        }
    }

    public void Dispose() => _reader.Dispose();

    // Places among the candidates.
    List<int> Met(int group, RowRanges candidates, Dictionary<int, ColumnValues> read)
    {
        var places = Enumerable.Range(0, candidates.Count).ToList();
        foreach (var (column, isMet) in _conditions)
        {
            if (places.Count == 0)
                break;
            if (!read.TryGetValue(column, out var values))
                read.Add(column, values = _reader.ReadColumn(group, column, candidates));
            places.RemoveAll(place => !isMet(values, place));
        }

        return places;
    }

    // Numbers in CSV are texts, which do not compare as numbers do.
    Func<ColumnValues, int, bool> Test(RowCondition condition, int column) =>
        condition.For(_reader.Schema[column], isNumber: _reader is CsvReader csv && csv.IsNumber(column));

    int IndexOf(string name)
    {
        var index = _reader.ColumnIndex(name);
        return index >= 0 ? index : throw new FormatException(
            $"There is no column '{name}'. Columns: {string.Join(", ", _reader.Schema.Select(x => x.Name))}.");
    }
}
