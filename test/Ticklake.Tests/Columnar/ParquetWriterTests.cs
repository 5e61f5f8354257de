using System.Text;
using Shouldly;
using Ticklake.Columnar;
using Ticklake.Columnar.Parquet;
using Xunit;

namespace Ticklake.Tests.Columnar;

public sealed class ParquetWriterTests
{
    const int Rows = 1_000_000;

    [Fact]
    public void Constants_cost_nothing_per_row()
    {
        ColumnSchema[] schema =
        [
            new("text", ColumnKind.Utf8), new("n", ColumnKind.Int64, true), new("none", ColumnKind.Double, true),
        ];
        var few = Write(schema, 1);
        var many = Write(schema, Rows);
        (many.Length - few.Length).ShouldBeLessThan(50);

        using var reader = new ParquetReader(new MemoryStream(many));
        var table = reader.Read(0);
        table[Rows - 1, 0].ShouldBe("tBTCUSD");
        table[Rows - 1, 1].ShouldBe(42L);
        table[Rows - 1, 2].ShouldBeNull();

        static byte[] Write(ColumnSchema[] schema, int rows) => Bytes(
            schema,
            [[ConstantPart.Of("tBTCUSD"u8.ToArray(), rows)], [ConstantPart.Of(42, rows)], [ConstantPart.Null(rows)]]);
    }

    [Fact]
    public void Statistics_span_the_values_of_a_column()
    {
        ColumnSchema[] schema =
        [
            new("n", ColumnKind.Int64, true), new("d", ColumnKind.Double), new("t", ColumnKind.Utf8),
            new("b", ColumnKind.Boolean),
        ];
        using var reader = Reader(schema,
        [
            [new Int64Part([5, long.MinValue, 3, long.MaxValue], 4, [false, true, false, true])],
            [new DoublePart([double.NaN, -1.5, 2.5, double.NaN], 4)],
            [new CodedUtf8Part([1, 1, 2, 1], ["unused"u8.ToArray(), "sell"u8.ToArray(), "buy"u8.ToArray()], 4)],
            [new BooleanPart([true, true, true, true], 4)],
        ]);
        var columns = reader.RowGroups[0].Columns;
        columns.Select(column => (column.Min, column.Max, column.NullCount)).ShouldBe(
            [(3L, 5L, 2L), (-1.5, 2.5, 0L), ("buy", "sell", 0L), (true, true, 0L)]);
    }

    [Fact]
    public void Bounds_of_decimals_are_in_the_order_of_their_numbers()
    {
        Int128 large = (Int128)1 << 100;
        using var reader = Reader(
            [new("d", ColumnKind.Decimal, true)],
            [[new DecimalPart([5, -large, large, -1, 0, large * 9], 6, [false, false, false, false, false, true])]]);
        var bounds = reader.RowGroups[0].Columns[0];
        (bounds.Min, bounds.Max, bounds.NullCount).ShouldBe((-large, large, 1L));
        reader.Read(0).Columns[0].ShouldBeOfType<FixedValues<Int128>>().Values.ToArray()
            .ShouldBe([5, -large, large, -1, 0, 0]);
    }

    [Fact]
    public void Zero_bounds_carry_the_sign_that_includes_both_zeros()
    {
        using var reader = Reader([new("d", ColumnKind.Double)], [[new DoublePart([0.0, 0.0], 2)]]);
        var bounds = reader.RowGroups[0].Columns[0];
        double.IsNegative((double)bounds.Min!).ShouldBeTrue();
        double.IsNegative((double)bounds.Max!).ShouldBeFalse();
    }

    [Theory]
    [InlineData("z")]
    [InlineData("é")]
    [InlineData("\U0001F600")]
    public void Bounds_of_long_texts_are_shortened_and_still_hold(string unit)
    {
        var text = "prefix " + string.Concat(Enumerable.Repeat(unit, 100));
        using var reader = Reader([new("t", ColumnKind.Utf8)], [[ConstantPart.Of(Encoding.UTF8.GetBytes(text), 3)]]);
        var bounds = reader.RowGroups[0].Columns[0];
        bounds.IsMinExact.ShouldBeFalse();
        bounds.IsMaxExact.ShouldBeFalse();
        var min = Encoding.UTF8.GetBytes((string)bounds.Min!);
        var max = Encoding.UTF8.GetBytes((string)bounds.Max!);
        min.Length.ShouldBeLessThanOrEqualTo(64);
        min.AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(text)).ShouldBeLessThan(0);
        max.AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(text)).ShouldBeGreaterThan(0);
        ((string)bounds.Min!).ShouldNotContain('\uFFFD');
        ((string)bounds.Max!).ShouldNotContain('\uFFFD');
    }

    [Fact]
    public void Parts_that_do_not_fit_are_refused_before_anything_is_written()
    {
        ColumnSchema[] schema = [new("n", ColumnKind.Int64), new("t", ColumnKind.Utf8)];
        using var stream = new MemoryStream();
        using var writer = new ParquetWriter(stream, schema, new ParquetWriterOptions());
        var before = writer.BytesWritten;
        ColumnPart number = ConstantPart.Of(1, 3);
        ColumnPart text = ConstantPart.Of("t"u8.ToArray(), 3);
        Refused([[number]], "1 columns");
        Refused([[number], [number]], "Column t (Utf8)");
        Refused([[text], [text]], "Column n (Int64)");
        Refused([[new DoublePart([1, 2, 3], 3)], [text]], "DoublePart");
        Refused([[number], [text, text]], "6 rows");
        Refused([[new DecimalPart([1, 2, 3], 3)], [text]], "Column n (Int64)");
        Refused([[ConstantPart.Null(3)], [text]], "not nullable");
        Refused([[new Int64Part([1, 2, 3], 3, [false, true, false])], [text]], "not nullable");
        Refused([[number], [new CodedUtf8Part([0, 1, 0], ["a"u8.ToArray()], 3)]], "outside its dictionary");
        writer.BytesWritten.ShouldBe(before);
        writer.WriteRowGroup([[number], [text]]);
        writer.Finish([]);
        Should.Throw<InvalidOperationException>(() => writer.Finish([]));
        Should.Throw<InvalidOperationException>(() => writer.WriteRowGroup([[number], [text]]));

        void Refused(IReadOnlyList<IReadOnlyList<ColumnPart>> columns, string why) =>
            Should.Throw<ArgumentException>(() => writer.WriteRowGroup(columns)).Message.ShouldContain(why);
    }

    [Fact]
    public void Decimals_of_too_many_digits_are_refused()
    {
        var limit = (Int128)Math.Pow(10, 19) * (Int128)Math.Pow(10, 19);
        ColumnSchema[] schema = [new("d", ColumnKind.Decimal, true)];
        Bytes(schema, [[new DecimalPart([limit - 1, 1 - limit, limit], 3, [false, false, true])]]).ShouldNotBeEmpty();
        foreach (var value in new[] { limit, -limit, Int128.MinValue })
        {
            Should.Throw<ArgumentException>(() => Bytes(schema, [[new DecimalPart([0, value], 2)]])).Message
                .ShouldBe("Column d has a decimal of more than 38 digits.");
        }
    }

    [Fact]
    public void A_failed_stream_leaves_a_writer_that_writes_no_footer()
    {
        using var stream = new MemoryStream(new byte[40]);
        using var writer = new ParquetWriter(stream, [new("n", ColumnKind.Int64)], new ParquetWriterOptions());
        Should.Throw<NotSupportedException>(() => writer.WriteRowGroup([[new Int64Part(new long[1000], 1000)]]));
        Should.Throw<InvalidOperationException>(() => writer.Finish([])).Message.ShouldContain("Broken");
    }

    [Fact]
    public void Files_that_share_a_workspace_in_turn_are_what_they_are_alone()
    {
        var options = new ParquetWriterOptions { PageRows = 500 };
        RandomTable[] tables = [Table(21), Table(22)];
        MemoryStream[] files = [new(), new()];
        using (var workspace = new ParquetWorkspace(options))
        {
            using var first = new ParquetWriter(files[0], tables[0].Schema, workspace);
            using var second = new ParquetWriter(files[1], tables[1].Schema, workspace);
            for (var i = 0; i < 2; i++)
            {
                first.WriteRowGroup(tables[0].Columns);
                second.WriteRowGroup(tables[1].Columns);
            }

            first.Finish([]);
            second.Finish([]);
        }

        for (var i = 0; i < tables.Length; i++)
            files[i].ToArray().ShouldBe(Alone(tables[i]));

        static RandomTable Table(int seed)
        {
            var table = new RandomTable(seed);
            table.AddColumn(new ColumnSchema("n", ColumnKind.Int64, true), 3000);
            table.AddColumn(new ColumnSchema("d", ColumnKind.Double), 3000);
            table.AddColumn(new ColumnSchema("s", ColumnKind.Utf8, true), 3000);
            return table;
        }

        byte[] Alone(RandomTable table)
        {
            using var stream = new MemoryStream();
            using var writer = new ParquetWriter(stream, table.Schema, options);
            writer.WriteRowGroup(table.Columns);
            writer.WriteRowGroup(table.Columns);
            writer.Finish([]);
            return stream.ToArray();
        }
    }

    [Fact]
    public void Unsound_options_are_refused()
    {
        ColumnSchema[] schema = [new("n", ColumnKind.Int64)];
        Should.Throw<ArgumentException>(() => Open(schema, new ParquetWriterOptions { SortingColumns = ["m"] }));
        Should.Throw<ArgumentException>(() => Open(schema, new ParquetWriterOptions { PageRows = 0 }));
        Should.Throw<ArgumentException>(() => Open(schema, new ParquetWriterOptions { CompressionLevel = 99 }));
        Should.Throw<ArgumentException>(() => Open([.. schema, .. schema], new ParquetWriterOptions()));

        static void Open(ColumnSchema[] schema, ParquetWriterOptions options)
        {
            using var writer = new ParquetWriter(new MemoryStream(), schema, options);
        }
    }

    [Fact]
    public void A_warm_writer_allocates_next_to_nothing_for_a_row_group()
    {
        var table = new RandomTable(11);
        table.AddColumn(new ColumnSchema("t", ColumnKind.TimestampMicros), 50_000);
        table.AddColumn(new ColumnSchema("d", ColumnKind.Double, true), 50_000);
        table.AddColumn(new ColumnSchema("s", ColumnKind.Utf8, true), 50_000);
        using var writer = new ParquetWriter(Stream.Null, table.Schema, new ParquetWriterOptions { PageRows = 1000 });
        for (var i = 0; i < 20; i++)
            writer.WriteRowGroup(table.Columns);
        var before = GC.GetAllocatedBytesForCurrentThread();
        writer.WriteRowGroup(table.Columns);
        // What remains is the footer's: some objects a chunk and the encoded page indexes, which may double their
        // buffer.
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(200_000);
    }

    static ParquetReader Reader(ColumnSchema[] schema, IReadOnlyList<IReadOnlyList<ColumnPart>> columns) =>
        new(new MemoryStream(Bytes(schema, columns)));

    static byte[] Bytes(ColumnSchema[] schema, IReadOnlyList<IReadOnlyList<ColumnPart>> columns)
    {
        using var stream = new MemoryStream();
        using var writer = new ParquetWriter(stream, schema, new ParquetWriterOptions());
        writer.WriteRowGroup(columns);
        writer.Finish([]);
        return stream.ToArray();
    }
}
