using System.Text;
using Shouldly;
using Ticklake.Columnar;
using Ticklake.Columnar.Arrow;
using Xunit;

namespace Ticklake.Tests.Columnar.Arrow;

public sealed class ArrowWriterTests
{
    static readonly ColumnSchema Text = new("text", ColumnKind.Utf8);

    [Theory]
    [InlineData(ArrowCompression.None)]
    [InlineData(ArrowCompression.Zstd)]
    public void The_same_rows_give_the_same_bytes(ArrowCompression compression)
    {
        var options = new ArrowWriterOptions { Compression = compression };
        using var workspace = new ArrowWorkspace(options);
        var first = Write(workspace, RandomTable.Of(7, 3000));
        Write(workspace, RandomTable.Of(8, 9000));
        Write(workspace, RandomTable.Of(7, 3000)).ShouldBe(first);
        ArrowCells.Write(options, RandomTable.Of(7, 3000), RandomTable.Of(6, 200))
            .ShouldBe(ArrowCells.Write(options, RandomTable.Of(7, 3000), RandomTable.Of(6, 200)));
    }

    [Fact]
    public void What_lies_under_a_null_leaves_no_trace()
    {
        var column = new ColumnSchema("n", ColumnKind.Int64, true);
        bool[] isNull = [false, true, false];
        ArrowCells.Write(ArrowCells.Plain, column, [new Int64Part([1, 77, 3], 3, isNull)])
            .ShouldBe(ArrowCells.Write(ArrowCells.Plain, column, [new Int64Part([1, -5, 3], 3, isNull)]));
    }

    [Fact]
    public void How_rows_are_cut_into_parts_does_not_change_the_bytes()
    {
        var values = Enumerable.Range(0, 10_000).Select(i => (long)i * i).ToArray();
        var column = new ColumnSchema("n", ColumnKind.Int64, true);
        var whole = ArrowCells.Write(ArrowCells.Compressed, column, [new Int64Part(values, 10_000)]);
        ArrowCells.Write(
            ArrowCells.Compressed,
            column,
            [new Int64Part(values, 1234), new Int64Part(values[1234..], 10_000 - 1234)]).ShouldBe(whole);
    }

    [Fact]
    public void Texts_that_repeat_are_stored_once()
    {
        var repeated = Enumerable.Range(0, 5000).Select(i => $"a rather long symbol of a market {i % 20}");
        ArrowCells.Write(ArrowCells.Plain, Text, [ArrowCells.Texts(repeated)]).Length.ShouldBeLessThan(25_000);
        var distinct = Enumerable.Range(0, 5000).Select(i => $"a rather long symbol of a market {i}");
        ArrowCells.Write(ArrowCells.Plain, Text, [ArrowCells.Texts(distinct)]).Length.ShouldBeGreaterThan(150_000);
    }

    [Fact]
    public void Constants_and_codes_are_stored_once_even_in_the_smallest_batch()
    {
        var text = Encoding.UTF8.GetBytes(new string('x', 1000));
        var parts = new ColumnPart[] { ConstantPart.Of(text, 1), new CodedUtf8Part([0, 1], [text, [65]], 2) };
        var file = ArrowCells.Write(ArrowCells.Plain, Text, parts, parts);
        file.Length.ShouldBeLessThan(3000);
        using var reader = new ArrowReader(new MemoryStream(file));
        reader.ReadColumn(1, 0)[2].ShouldBe("A");
        ((Utf8Values)reader.ReadColumn(1, 0)).Utf8(1).Length.ShouldBe(1000);
    }

    [Fact]
    public void A_dictionary_grows_with_later_batches()
    {
        var first = ArrowCells.Texts(Enumerable.Range(0, 100).Select(i => $"t{i % 3}"));
        var second = ArrowCells.Texts(Enumerable.Range(0, 100).Select(i => $"t{i}"));
        var file = ArrowCells.Write(ArrowCells.Compressed, Text, [first], [second]);
        using var reader = new ArrowReader(new MemoryStream(file));
        reader.ReadColumn(1, 0)[99].ShouldBe("t99");
        reader.ReadColumn(0, 0)[99].ShouldBe("t0");
    }

    [Fact]
    public void A_dictionary_too_large_to_keep_is_continued_by_deltas()
    {
        var options = new ArrowWriterOptions { DictionaryColumns = ["text"], CompressionLevel = 1 };
        var batches = Enumerable.Range(0, 4)
            .Select(b => Enumerable.Range(0, 40_000).Select(i => $"{b} {i} {new string('-', 300)}").ToList())
            .ToList();
        batches.Add(batches[0][..100]);
        var file = ArrowCells.Write(
            options, Text, [.. batches.Select(texts => (IReadOnlyList<ColumnPart>)[ArrowCells.Texts(texts)])]);
        using var reader = new ArrowReader(new MemoryStream(file));
        for (var batch = 0; batch < batches.Count; batch++)
        {
            var column = reader.ReadColumn(batch, 0);
            for (var i = 0; i < batches[batch].Count; i += 99)
                column[i].ShouldBe(batches[batch][i], $"batch {batch}, row {i}");
        }
    }

    [Fact]
    public void Buffers_and_bodies_begin_at_multiples_of_64()
    {
        var file = ArrowCells.Write(ArrowCells.Plain, new("n", ColumnKind.Int64), [new Int64Part([7, 8, 9], 3)]);
        var place = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[7, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0]);
        place.ShouldBeGreaterThan(0);
        (place % 64).ShouldBe(0);
    }

    [Fact]
    public void Parts_that_do_not_fit_are_refused_and_nothing_is_written()
    {
        using var stream = new MemoryStream();
        using var writer = new ArrowWriter(stream, [Text, new("n", ColumnKind.Int32)], ArrowCells.Plain);
        var length = stream.Length;
        var text = ConstantPart.Of("a"u8.ToArray(), 2);
        Should.Throw<ArgumentException>(() => writer.WriteRecordBatch([[text]]));
        Should.Throw<ArgumentException>(() => writer.WriteRecordBatch([[text], [text]]));
        Should.Throw<ArgumentException>(() => writer.WriteRecordBatch([[text], [ConstantPart.Of(1, 3)]]));
        Should.Throw<ArgumentException>(() => writer.WriteRecordBatch([[text], [ConstantPart.Null(2)]]));
        var huge = ConstantPart.Of(1, 1 << 28);
        Should.Throw<ArgumentException>(
                () => writer.WriteRecordBatch([[ConstantPart.Of("a"u8.ToArray(), 1 << 28)], [huge]]))
            .Message.ShouldContain("Cut it");
        stream.Length.ShouldBe(length);
        writer.WriteRecordBatch([[text], [ConstantPart.Of(1, 2)]]);
        writer.Finish([]);
        Should.Throw<InvalidOperationException>(() => writer.Finish([]));
        using var reader = new ArrowReader(stream);
        reader.RowCount.ShouldBe(2);
    }

    [Fact]
    public void Schemas_that_cannot_be_are_refused()
    {
        Should.Throw<ArgumentException>(() => new ArrowWriter(Stream.Null, [], ArrowCells.Plain));
        Should.Throw<ArgumentException>(() => new ArrowWriter(Stream.Null, [Text, Text], ArrowCells.Plain));
        var options = new ArrowWriterOptions { DictionaryColumns = ["n"] };
        Should.Throw<ArgumentException>(() => new ArrowWriter(Stream.Null, [new("n", ColumnKind.Int32)], options));
    }

    static byte[] Write(ArrowWorkspace workspace, RandomTable table)
    {
        using var stream = new MemoryStream();
        using var writer = new ArrowWriter(stream, table.Schema, workspace);
        writer.WriteRecordBatch(table.Columns);
        writer.Finish([]);
        return stream.ToArray();
    }
}
