using Shouldly;
using Ticklake.Columnar;
using Ticklake.Columnar.Arrow;

namespace Ticklake.Tests.Columnar.Arrow;

/// <summary>Arrow files made of random tables, and what must be read from them.</summary>
static class ArrowCells
{
    public static readonly ArrowWriterOptions Plain = new() { Compression = ArrowCompression.None };

    public static readonly ArrowWriterOptions Compressed = new();

    public static byte[] Write(ArrowWriterOptions options, params RandomTable[] batches)
    {
        using var stream = new MemoryStream();
        using var writer = new ArrowWriter(stream, batches[0].Schema, options);
        foreach (var batch in batches)
            writer.WriteRecordBatch(batch.Columns);
        writer.Finish([new("first", "1"), new("ключ", "значение")]);
        writer.BytesWritten.ShouldBe(stream.Length);
        writer.RowsWritten.ShouldBe(batches.Sum(batch => batch.Expected[0].Count));
        return stream.ToArray();
    }

    public static byte[] Write(
        ArrowWriterOptions options, ColumnSchema column, params IReadOnlyList<ColumnPart>[] batches)
    {
        using var stream = new MemoryStream();
        using var writer = new ArrowWriter(stream, [column], options);
        foreach (var parts in batches)
            writer.WriteRecordBatch([parts]);
        writer.Finish([]);
        return stream.ToArray();
    }

    public static Utf8Part Texts(IEnumerable<string> texts)
    {
        var utf8 = texts.Select(System.Text.Encoding.UTF8.GetBytes).ToList();
        var offsets = new int[utf8.Count + 1];
        for (var i = 0; i < utf8.Count; i++)
            offsets[i + 1] = offsets[i] + utf8[i].Length;
        return new Utf8Part([.. utf8.SelectMany(text => text)], offsets, utf8.Count);
    }

    public static void ShouldHold(ColumnTable table, List<List<object?>> expected, string where)
    {
        table.RowCount.ShouldBe(expected[0].Count, where);
        for (var column = 0; column < expected.Count; column++)
        {
            for (var row = 0; row < table.RowCount; row++)
            {
                if (!Same(table[row, column], expected[column][row]))
                    table[row, column].ShouldBe(expected[column][row], $"{where}, column {column}, row {row}");
            }
        }
    }

    // Bits, so that -0 is told from 0 and NaN equals NaN.
    static bool Same(object? left, object? right) => (left, right) switch
    {
        (double a, double b) => BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b),
        _ => Equals(left, right),
    };
}
