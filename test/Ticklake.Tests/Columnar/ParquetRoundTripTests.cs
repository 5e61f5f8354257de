using Shouldly;
using Ticklake.Columnar;
using Ticklake.Columnar.Parquet;
using Xunit;

namespace Ticklake.Tests.Columnar;

public sealed class ParquetRoundTripTests
{
    [Theory]
    [InlineData(ParquetCompression.None)]
    [InlineData(ParquetCompression.Gzip)]
    [InlineData(ParquetCompression.Zstd)]
    public void Random_tables_come_back_as_they_were(ParquetCompression compression)
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var table = RandomTable.Of(seed, random.Next(1, seed % 10 == 0 ? 20_000 : 700));
            var options = new ParquetWriterOptions { Compression = compression, PageRows = random.Next(1, 4) * 100 };
            using var reader = new ParquetReader(new MemoryStream(table.Write(options)));
            reader.Schema.ShouldBe(table.Schema);
            reader.RowGroups.Count.ShouldBe(1);
            ShouldHold(reader.Read(0), table.Expected, $"seed {seed}");
        }
    }

    [Fact]
    public void Row_groups_are_read_one_by_one()
    {
        var tables = Enumerable.Range(0, 5).Select(seed => Numbers(seed, 1 + (seed * 977))).ToList();
        using var stream = new MemoryStream();
        using (var writer = new ParquetWriter(stream, tables[0].Schema, new ParquetWriterOptions { PageRows = 500 }))
        {
            foreach (var table in tables)
                writer.WriteRowGroup(table.Columns);
            writer.Finish([new("first", "1"), new("ключ", "значение")]);
            writer.BytesWritten.ShouldBe(stream.Length);
            writer.RowsWritten.ShouldBe(tables.Sum(table => table.Expected[0].Count));
        }

        using var reader = new ParquetReader(stream);
        reader.Metadata.ShouldBe([new("first", "1"), new("ключ", "значение")]);
        reader.CreatedBy.ShouldBe("ticklake");
        for (var i = 0; i < tables.Count; i++)
            ShouldHold(reader.Read(i), tables[i].Expected, $"row group {i}");
    }

    [Fact]
    public void A_file_without_rows_has_a_schema_and_metadata()
    {
        using var stream = new MemoryStream();
        var empty = RandomTable.Of(1, 0);
        using var writer = new ParquetWriter(stream, empty.Schema, new ParquetWriterOptions());
        writer.WriteRowGroup(empty.Columns);
        writer.Finish([new("k", "v")]);

        using var reader = new ParquetReader(stream);
        reader.RowCount.ShouldBe(0);
        reader.RowGroups.ShouldBeEmpty();
        reader.Schema.ShouldBe(empty.Schema);
        reader.Metadata.ShouldBe([new("k", "v")]);
    }

    [Fact]
    public void The_same_rows_give_the_same_bytes()
    {
        var options = new ParquetWriterOptions { PageRows = 100 };
        RandomTable.Of(7, 3000).Write(options).ShouldBe(RandomTable.Of(7, 3000).Write(options));
    }

    [Fact]
    public void How_rows_are_cut_into_parts_does_not_change_the_bytes()
    {
        const int Rows = 10_000;
        var values = Enumerable.Range(0, Rows).Select(i => (long)i * i).ToArray();
        ColumnSchema[] schema = [new("n", ColumnKind.Int64, true), new("c", ColumnKind.Utf8)];
        var whole = Write(schema, [[new Int64Part(values, Rows)], [ConstantPart.Of("a"u8.ToArray(), Rows)]]);
        var cut = Write(schema,
        [
            [new Int64Part(values, 1234), new Int64Part(values[1234..], Rows - 1234)],
            [ConstantPart.Of("a"u8.ToArray(), 77), ConstantPart.Of("a"u8.ToArray(), Rows - 77)],
        ]);
        cut.ShouldBe(whole);
    }

    [Fact]
    public void A_table_is_read_by_column_name()
    {
        var table = Numbers(3, 50);
        using var reader = new ParquetReader(new MemoryStream(table.Write(new ParquetWriterOptions())));
        var read = reader.Read(0);
        reader.ColumnIndex("b").ShouldBe(1);
        reader.ColumnIndex("none").ShouldBe(-1);
        read["b"].ShouldBeOfType<FixedValues<double>>();
        read[7, 1].ShouldBe(table.Expected[1][7]);
        Should.Throw<KeyNotFoundException>(() => read["none"]);
    }

    static RandomTable Numbers(int seed, int rows)
    {
        var table = new RandomTable(seed);
        table.AddColumn(new ColumnSchema("a", ColumnKind.Int64), rows);
        table.AddColumn(new ColumnSchema("b", ColumnKind.Double, true), rows);
        return table;
    }

    static byte[] Write(ColumnSchema[] schema, IReadOnlyList<IReadOnlyList<ColumnPart>> columns)
    {
        using var stream = new MemoryStream();
        using var writer = new ParquetWriter(stream, schema, new ParquetWriterOptions());
        writer.WriteRowGroup(columns);
        writer.Finish([]);
        return stream.ToArray();
    }

    static void ShouldHold(ColumnTable table, List<List<object?>> expected, string where)
    {
        table.RowCount.ShouldBe(expected[0].Count, where);
        for (var column = 0; column < expected.Count; column++)
        {
            for (var row = 0; row < table.RowCount; row++)
            {
                // Equals and not ==, so that NaN equals NaN; bits, so that -0 is told from 0.
                if (!Same(table[row, column], expected[column][row]))
                    table[row, column].ShouldBe(expected[column][row], $"{where}, column {column}, row {row}");
            }
        }
    }

    static bool Same(object? left, object? right) => (left, right) switch
    {
        (double a, double b) => BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b),
        _ => Equals(left, right),
    };
}
