using System.Globalization;
using Shouldly;
using Ticklake.Stores.Segments;

namespace Ticklake.Tests.Columnar;

/// <summary>Compares a sealed segment, cell by cell, as our reader and the independent ones see it.</summary>
static class SegmentCells
{
    public static async Task ShouldBeTheSameForEveryReaderAsync(string file)
    {
        var own = Own(file);
        Compare(await IndependentReaders.HyparquetAsync(file), own, $"hyparquet, {file}");
        await ShouldBeTheSameForExactReadersAsync(file);
    }

    /// <summary>The same of one with decimals, which hyparquet takes for doubles.</summary>
    public static async Task ShouldBeTheSameForExactReadersAsync(string file)
    {
        var own = Own(file);
        var sql = $"SELECT * FROM read_parquet('{file}', hive_partitioning = false)";
        Compare(await IndependentReaders.DuckDbAsync(sql), own, $"DuckDB, {file}");
        Compare(await IndependentReaders.PolarsAsync(file), own, $"Polars, {file}");
    }

    /// <summary>The same of a segment in Arrow.</summary>
    public static async Task ShouldBeTheSameForArrowReadersAsync(string file)
    {
        var own = Own(file);
        Compare(await IndependentReaders.ArrowAsync(file), own, $"apache-arrow, {file}");
        Compare(await IndependentReaders.PolarsAsync(file), own, $"Polars, {file}");
    }

    /// <summary>The same of a segment in CSV, all columns as texts.</summary>
    public static async Task ShouldBeTheSameForCsvReadersAsync(string file)
    {
        var own = Own(file);
        var sql = $"SELECT * FROM read_csv('{file}', header = true, all_varchar = true, hive_partitioning = false, "
            + "allow_quoted_nulls = false)";
        Compare(await IndependentReaders.DuckDbAsync(sql), own, $"DuckDB, {file}");
    }

    static List<string?[]> Own(string file)
    {
        var rows = new List<string?[]>();
        using var reader = SegmentFile.Open(file);
        for (var group = 0; group < reader.GroupRows.Count; group++)
        {
            var table = reader.Read(group);
            for (var row = 0; row < table.RowCount; row++)
                rows.Add([.. table.Columns.Select(column => Cell(column[row]))]);
        }

        return rows;
    }

    static string? Cell(object? value) => value switch
    {
        null => null,
        double number => IndependentReaders.Text(number),
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    static void Compare(IReadOnlyList<string?[]> rows, List<string?[]> own, string what)
    {
        rows.Count.ShouldBe(own.Count, what);
        for (var i = 0; i < own.Count; i++)
        {
            if (!rows[i].AsSpan().SequenceEqual(own[i]))
                rows[i].ShouldBe(own[i], $"{what}, row {i}");
        }
    }
}
