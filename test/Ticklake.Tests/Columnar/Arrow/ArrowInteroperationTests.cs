using System.Globalization;
using Shouldly;
using Ticklake.Columnar;
using Ticklake.Columnar.Arrow;
using Xunit;

namespace Ticklake.Tests.Columnar.Arrow;

public sealed class ArrowInteroperationTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("ticklake-arrow-").FullName;

    string FilePath => Path.Combine(_folder, "table.arrow");

    [Theory]
    [InlineData(1, 300, 1, ArrowCompression.Zstd)]
    [InlineData(2, 5000, 3, ArrowCompression.Zstd)]
    [InlineData(3, 5000, 3, ArrowCompression.None)]
    [InlineData(4, 1, 5, ArrowCompression.Zstd)]
    [InlineData(5, 65, 20, ArrowCompression.None)]
    public async Task Independent_readers_find_what_was_written(
        int seed, int rows, int batches, ArrowCompression compression)
    {
        var tables = Enumerable.Range(0, batches).Select(i => RandomTable.Of((seed * 100) + i, rows)).ToArray();
        var options = new ArrowWriterOptions { Compression = compression };
        await File.WriteAllBytesAsync(FilePath, ArrowCells.Write(options, tables));
        ShouldHold(await IndependentReaders.ArrowAsync(FilePath), tables, "apache-arrow");
        ShouldHold(await IndependentReaders.PolarsAsync(FilePath), tables, "Polars");
    }

    [Fact]
    public async Task Apache_arrow_sees_types_and_metadata()
    {
        await File.WriteAllBytesAsync(FilePath, ArrowCells.Write(ArrowCells.Compressed, RandomTable.Of(8, 500)));
        var columns = await IndependentReaders.ArrowAsync(FilePath, "schema");
        string[] types =
        [
            "Bool", "Bool", "Int32", "Int32", "Int64", "Int64",
            "Timestamp<MICROSECOND, UTC>", "Timestamp<MICROSECOND, UTC>", "Float64", "Float64",
        ];
        columns.Select(column => column[1]).Take(types.Length).ShouldBe(types);
        columns[13][1].ShouldBe("Decimal[38e+18]");
        columns.Take(14).Select(column => column[2])
            .ShouldBe(Enumerable.Range(0, 14).Select(i => i % 2 == 0 ? "false" : "true"));
        columns.Skip(14).Select(pair => $"{pair[0]}={pair[1]}").ShouldBe(["first=1", "ключ=значение"]);
    }

    [Theory]
    [InlineData(true, "Dictionary<Int32, Utf8>")]
    [InlineData(false, "Utf8")]
    public async Task Texts_with_and_without_dictionary_are_both_read(bool isCoded, string type)
    {
        var texts = Enumerable.Range(0, 500).Select(i => $"é{i % 100}").ToList();
        var options = new ArrowWriterOptions { DictionaryColumns = isCoded ? ["text"] : [] };
        var part = ArrowCells.Texts(texts);
        await File.WriteAllBytesAsync(
            FilePath, ArrowCells.Write(options, new("text", ColumnKind.Utf8), [part], [part]));
        (await IndependentReaders.ArrowAsync(FilePath, "schema"))[0][1].ShouldBe(type);
        (await IndependentReaders.ArrowAsync(FilePath)).Select(row => row[0]).ShouldBe(texts.Concat(texts));
        (await IndependentReaders.PolarsAsync(FilePath)).Select(row => row[0]).ShouldBe(texts.Concat(texts));
    }

    [Fact]
    public async Task Empty_files_and_columns_of_nulls_are_read()
    {
        await File.WriteAllBytesAsync(FilePath, ArrowCells.Write(ArrowCells.Compressed, RandomTable.Of(8, 0)));
        (await IndependentReaders.ArrowAsync(FilePath)).ShouldBeEmpty();
        (await IndependentReaders.PolarsAsync(FilePath)).ShouldBeEmpty();
        var options = new ArrowWriterOptions { DictionaryColumns = ["text"] };
        await File.WriteAllBytesAsync(
            FilePath, ArrowCells.Write(options, new("text", ColumnKind.Utf8, true), [ConstantPart.Null(3)]));
        (await IndependentReaders.ArrowAsync(FilePath)).SelectMany(row => row).ShouldBe([null, null, null]);
        (await IndependentReaders.PolarsAsync(FilePath)).SelectMany(row => row).ShouldBe([null, null, null]);
    }

    [Fact]
    public async Task Apache_arrow_joins_dictionaries_continued_by_deltas()
    {
        var batches = Enumerable.Range(0, 3)
            .Select(b => Enumerable.Range(0, 30_000).Select(i => $"{b} {i} {new string('-', 400)}").ToList())
            .ToList();
        var options = new ArrowWriterOptions { DictionaryColumns = ["text"], CompressionLevel = 1 };
        await File.WriteAllBytesAsync(FilePath, ArrowCells.Write(
            options,
            new("text", ColumnKind.Utf8),
            [.. batches.Select(texts => (IReadOnlyList<ColumnPart>)[ArrowCells.Texts(texts)])]));
        (await IndependentReaders.ArrowAsync(FilePath)).Select(row => row[0]).ShouldBe(batches.SelectMany(t => t));
    }

    [Fact]
    public async Task Files_of_apache_arrow_are_read()
    {
        var expected = await IndependentReaders.ArrowAsync(FilePath, "write");
        using var reader = ArrowReader.Open(FilePath);
        ShouldHold(expected, reader);
        reader.Schema[4].Kind.ShouldBe(ColumnKind.TimestampMicros);
    }

    [Fact]
    public async Task Files_of_polars_are_refused_by_what_is_not_read()
    {
        await IndependentReaders.PolarsAsync(FilePath, "zstd");
        Should.Throw<NotSupportedException>(() => ArrowReader.Open(FilePath)).Message
            .ShouldContain("Column s is Utf8View");
    }

    public void Dispose() => Directory.Delete(_folder, true);

    static void ShouldHold(IReadOnlyList<string?[]> expected, ArrowReader reader)
    {
        reader.RowCount.ShouldBe(expected.Count);
        var row = 0;
        for (var batch = 0; batch < reader.RecordBatches.Count; batch++)
        {
            var table = reader.Read(batch);
            for (var i = 0; i < table.RowCount; i++, row++)
                table.Columns.Select(column => Cell(column[i])).ShouldBe(expected[row], $"row {row}");
        }
    }

    static void ShouldHold(IReadOnlyList<string?[]> rows, RandomTable[] tables, string reader)
    {
        rows.Count.ShouldBe(tables.Sum(table => table.Expected[0].Count));
        var row = 0;
        foreach (var table in tables)
        {
            for (var i = 0; i < table.Expected[0].Count; i++, row++)
            {
                for (var column = 0; column < table.Schema.Count; column++)
                {
                    var expected = Cell(table.Expected[column][i]);
                    if (rows[row][column] != expected)
                        rows[row][column].ShouldBe(expected, $"{reader}: {table.Schema[column].Name}, row {row}");
                }
            }
        }
    }

    static string? Cell(object? value) => value switch
    {
        null => null,
        bool b => b ? "true" : "false",
        double d => IndependentReaders.Text(d),
        string s => s,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
