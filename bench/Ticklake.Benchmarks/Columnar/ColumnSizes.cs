using System.Globalization;
using Ticklake.Columnar.Parquet;

namespace Ticklake.Benchmarks.Columnar;

/// <summary>What each column of a Parquet file takes.</summary>
static class ColumnSizes
{
    public static void Print(TextWriter output, string path)
    {
        using var reader = ParquetReader.Open(path);
        var rows = (double)reader.RowCount;
        var columns = Enumerable.Range(0, reader.Schema.Count)
            .Select(i => (
                reader.Schema[i].Name, Bytes: reader.RowGroups.Sum(group => group.Columns[i].CompressedBytes)))
            .OrderByDescending(column => column.Bytes)
            .Select(column => string.Create(CultureInfo.InvariantCulture, $"{column.Name} {column.Bytes / rows:F3}"));
        output.WriteLine("B/row by column: " + string.Join(", ", columns));
    }
}
