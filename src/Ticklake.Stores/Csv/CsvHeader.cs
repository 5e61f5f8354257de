using System.Buffers;
using System.Text;
using Ticklake.Columnar;
using Ticklake.Core.Markets;
using Ticklake.Stores.Tables;

namespace Ticklake.Stores.Csv;

/// <summary>The columns that a CSV file's first line names.</summary>
sealed record CsvHeader(IReadOnlyList<ColumnSchema> Columns, IReadOnlyList<bool> IsNumber)
{
    const int MostColumns = 1024;

    // What no name has: controls, and what stands for bytes that are no UTF-8.
    static readonly SearchValues<char> NoNames =
        SearchValues.Create([.. Enumerable.Range(0, ' ').Select(x => (char)x), '\uFFFD']);

    /// <summary>One of our tables; of any other file all columns are texts that may be null.</summary>
    /// <exception cref="InvalidDataException">The line cannot be a header.</exception>
    public static CsvHeader Read(CsvRecords records)
    {
        if (!records.TryNext())
            throw records.Fault("the file is empty, it has no header");
        var names = new List<string>();
        foreach (var field in records.Split())
            names.Add(Encoding.UTF8.GetString(records.Record.Slice(field.Start, field.Length)));
        if (names.Count > MostColumns || names.Any(x => x.Length == 0 || x.AsSpan().ContainsAny(NoNames))
            || names.Distinct(StringComparer.Ordinal).Count() != names.Count)
            throw records.Fault("it is no header of column names");
        foreach (var channel in Enum.GetValues<Channel>())
        {
            var table = TableSchemas.Of(channel, NumberForm.Text);
            if (table.Select(x => x.Name).SequenceEqual(names))
                return new CsvHeader(table, [.. TableSchemas.Of(channel).Select(x => x.Kind == ColumnKind.Double)]);
        }

        return new CsvHeader(
            [.. names.Select(x => new ColumnSchema(x, ColumnKind.Utf8, IsNullable: true))], new bool[names.Count]);
    }
}
