using System.Buffers.Binary;
using System.Globalization;
using Shouldly;
using Ticklake.Columnar;
using Ticklake.Columnar.Parquet;
using Ticklake.Columnar.Parquet.Footer;
using Xunit;

namespace Ticklake.Tests.Columnar;

public sealed class ParquetEncodingChoiceTests : IDisposable
{
    const int Rows = 50_000;

    readonly string _path = Path.GetTempFileName();

    [Fact]
    public async Task Prices_that_repeat_have_a_dictionary()
    {
        var random = new Random(1);
        var prices = Numbers(_ => 60_000 + (random.Next(-200, 200) / 100.0));
        await ShouldBeWrittenAsAsync(
            PageEncoding.RleDictionary, new("price", ColumnKind.Double), new DoublePart(prices, Rows));
    }

    [Fact]
    public async Task Doubles_that_hardly_repeat_are_streams_of_bytes()
    {
        var random = new Random(2);
        var values = Numbers(i => 20 + Math.Sin(i / 1000.0) + (random.NextDouble() / 1000));
        await ShouldBeWrittenAsAsync(
            PageEncoding.ByteStreamSplit, new("x", ColumnKind.Double), new DoublePart(values, Rows));
    }

    [Fact]
    public async Task Doubles_that_cannot_be_compressed_are_plain()
    {
        var random = new Random(3);
        var values = Numbers(_ => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)));
        await ShouldBeWrittenAsAsync(
            PageEncoding.Plain, new("x", ColumnKind.Double), new DoublePart(Array.ConvertAll(values, Finite), Rows));

        static double Finite(double value) => double.IsFinite(value) ? value : 1;
    }

    [Fact]
    public async Task Ids_that_rise_are_deltas()
    {
        var random = new Random(4);
        var id = 50_093_239_189L;
        var ids = Longs(_ => id += random.Next(1, 40));
        await ShouldBeWrittenAsAsync(
            PageEncoding.DeltaBinaryPacked, new("id", ColumnKind.Int64), new Int64Part(ids, Rows));
    }

    [Fact]
    public async Task Ids_that_jump_between_distant_ranges_are_plain()
    {
        var random = new Random(5);
        var ids = Longs(_ => (random.NextInt64(1L << 20) << 40) | random.NextInt64(1L << 16));
        await ShouldBeWrittenAsAsync(
            PageEncoding.Plain, new("id", ColumnKind.Int64, true), new Int64Part(ids, Rows, new bool[Rows]));
    }

    [Fact]
    public async Task Texts_that_hardly_repeat_have_their_lengths_apart()
    {
        var random = new Random(6);
        var texts = Enumerable.Range(0, Rows).Select(i => $"{random.NextInt64():x}-é-{i}").ToList();
        var utf8 = texts.ConvertAll(System.Text.Encoding.UTF8.GetBytes);
        var offsets = new int[Rows + 1];
        for (var i = 0; i < Rows; i++)
            offsets[i + 1] = offsets[i] + utf8[i].Length;
        var part = new Utf8Part([.. utf8.SelectMany(text => text)], offsets, Rows);
        await ShouldBeWrittenAsAsync(PageEncoding.DeltaLengthByteArray, new("text", ColumnKind.Utf8), part);
    }

    [Fact]
    public void Few_values_are_not_weighed()
    {
        var random = new Random(7);
        double[] values = [.. Enumerable.Range(0, 900).Select(_ => 20 + random.NextDouble())];
        Write(new("x", ColumnKind.Double), new DoublePart(values, values.Length));
        Encoding().ShouldBe(PageEncoding.Plain);
    }

    public void Dispose() => File.Delete(_path);

    static double[] Numbers(Func<int, double> next) => [.. Enumerable.Range(0, Rows).Select(next)];

    static long[] Longs(Func<int, long> next) => [.. Enumerable.Range(0, Rows).Select(next)];

    async Task ShouldBeWrittenAsAsync(PageEncoding encoding, ColumnSchema column, ColumnPart part)
    {
        Write(column, part);
        Encoding().ShouldBe(encoding);
        var first = await File.ReadAllBytesAsync(_path, TestContext.Current.CancellationToken);
        Write(column, part);
        (await File.ReadAllBytesAsync(_path, TestContext.Current.CancellationToken)).ShouldBe(first);
        using var reader = ParquetReader.Open(_path);
        var read = reader.Read(0).Columns[0];
        for (var i = 0; i < Rows; i++)
        {
            var isRight = (part, read) switch
            {
                (DoublePart p, FixedValues<double> v) => p.Values[i].Equals(v.Values[i]),
                (Int64Part p, FixedValues<long> v) => p.Values[i] == v.Values[i],
                (Utf8Part p, Utf8Values v) => p.Bytes[p.Offsets[i]..p.Offsets[i + 1]].SequenceEqual(v.Utf8(i)),
                _ => false,
            };
            isRight.ShouldBeTrue($"row {i}");
        }

        var cells = Enumerable.Range(0, Rows).Select(i => Cell(read[i])).ToList();
        (await IndependentReaders.HyparquetAsync(_path)).Select(row => row[0]).ShouldBe(cells);
        (await IndependentReaders.DuckDbAsync($"select * from read_parquet('{_path}')")).Select(row => row[0])
            .ShouldBe(cells);
    }

    static string? Cell(object? value) => value is double number
        ? IndependentReaders.Text(number)
        : Convert.ToString(value, CultureInfo.InvariantCulture);

    void Write(ColumnSchema column, ColumnPart part)
    {
        using var stream = File.Create(_path);
        using var writer = new ParquetWriter(stream, [column], new ParquetWriterOptions());
        writer.WriteRowGroup([[part]]);
        writer.Finish([]);
    }

    PageEncoding Encoding()
    {
        var bytes = File.ReadAllBytes(_path);
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(bytes.Length - 8));
        var footer = FooterReader.Read(bytes.AsSpan(bytes.Length - 8 - length, length));
        return footer.RowGroups[0].Columns[0].PageCounts.Single(pages => pages.Type == PageType.DataV2).Encoding;
    }
}
