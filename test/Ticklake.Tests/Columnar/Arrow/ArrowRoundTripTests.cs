using Shouldly;
using Ticklake.Columnar;
using Ticklake.Columnar.Arrow;
using Xunit;

namespace Ticklake.Tests.Columnar.Arrow;

public sealed class ArrowRoundTripTests
{
    [Theory]
    [InlineData(ArrowCompression.None)]
    [InlineData(ArrowCompression.Zstd)]
    public void Random_tables_come_back_as_they_were(ArrowCompression compression)
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var options = new ArrowWriterOptions { Compression = compression, CompressionLevel = 1 + (seed % 5) };
            var batches = Enumerable.Range(0, random.Next(1, 6))
                .Select(i => RandomTable.Of((seed * 10) + i, random.Next(0, seed % 10 == 0 ? 9000 : 300)))
                .ToArray();
            using var reader = new ArrowReader(new MemoryStream(ArrowCells.Write(options, batches)));
            reader.Schema.ShouldBe(batches[0].Schema);
            reader.Metadata.ShouldBe([new("first", "1"), new("ключ", "значение")]);
            reader.RowCount.ShouldBe(batches.Sum(batch => batch.Expected[0].Count));
            var written = batches.Where(batch => batch.Expected[0].Count > 0).ToList();
            reader.RecordBatches.Select(batch => batch.RowCount)
                .ShouldBe(written.Select(batch => batch.Expected[0].Count));
            for (var i = 0; i < written.Count; i++)
                ArrowCells.ShouldHold(reader.Read(i), written[i].Expected, $"seed {seed}, batch {i}");
        }
    }

    [Fact]
    public void Batches_and_columns_are_read_in_any_order()
    {
        var batches = Enumerable.Range(0, 30).Select(seed => RandomTable.Of(seed, 1 + (seed * 17))).ToArray();
        using var reader = new ArrowReader(new MemoryStream(ArrowCells.Write(ArrowCells.Compressed, batches)));
        var random = new Random(4);
        for (var i = 0; i < 300; i++)
        {
            var batch = random.Next(batches.Length);
            var column = random.Next(reader.Schema.Count);
            var row = random.Next(batches[batch].Expected[0].Count);
            reader.ReadColumn(batch, column)[row].ShouldBe(batches[batch].Expected[column][row], $"{batch}, {column}");
        }
    }

    [Fact]
    public void Columns_are_chosen_by_name()
    {
        var table = RandomTable.Of(3, 50);
        using var reader = new ArrowReader(new MemoryStream(ArrowCells.Write(ArrowCells.Compressed, table)));
        var read = reader.Read(0, ["Utf8_nullable", "Double_required"]);
        read.Columns.Count.ShouldBe(2);
        read.RowCount.ShouldBe(50);
        var names = table.Schema.ConvertAll(column => column.Name);
        read[7, 0].ShouldBe(table.Expected[names.IndexOf("Utf8_nullable")][7]);
        read["Double_required"].ShouldBeOfType<FixedValues<double>>();
        reader.ColumnIndex("none").ShouldBe(-1);
        Should.Throw<KeyNotFoundException>(() => reader.Read(0, ["none"]));
        Should.Throw<KeyNotFoundException>(() => read["none"]);
    }

    [Fact]
    public void A_file_without_rows_has_a_schema_and_metadata()
    {
        var empty = RandomTable.Of(1, 0);
        using var reader = new ArrowReader(new MemoryStream(ArrowCells.Write(ArrowCells.Compressed, empty)));
        reader.RowCount.ShouldBe(0);
        reader.RecordBatches.ShouldBeEmpty();
        reader.Schema.ShouldBe(empty.Schema);
        reader.Metadata.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(64)]
    [InlineData(65)]
    public void Flags_fill_their_bytes_to_any_length(int rows)
    {
        var values = Enumerable.Range(0, rows).Select(i => i % 3 == 0).ToArray();
        var isNull = Enumerable.Range(0, rows).Select(i => i % 5 == 2).ToArray();
        var column = new ColumnSchema("flag", ColumnKind.Boolean, true);
        var file = ArrowCells.Write(ArrowCells.Plain, column, [new BooleanPart(values, rows, isNull)]);
        using var reader = new ArrowReader(new MemoryStream(file));
        for (var i = 0; i < rows; i++)
            reader.ReadColumn(0, 0)[i].ShouldBe(isNull[i] ? null : values[i]);
    }

    [Fact]
    public void A_column_of_nulls_needs_no_dictionary_entries()
    {
        var column = new ColumnSchema("text", ColumnKind.Utf8, true);
        var options = new ArrowWriterOptions { DictionaryColumns = ["text"] };
        var file = ArrowCells.Write(options, column, [ConstantPart.Null(100)]);
        using var reader = new ArrowReader(new MemoryStream(file));
        reader.ReadColumn(0, 0).NullFlags.ToArray().ShouldAllBe(isNull => isNull);
    }
}
