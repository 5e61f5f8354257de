using System.Globalization;
using Shouldly;
using Ticklake.Columnar;
using Ticklake.Columnar.Parquet;
using Xunit;

namespace Ticklake.Tests.Columnar;

public sealed class ParquetLargeFileTests : IDisposable
{
    const int Rows = 10_000_000;
    const int GroupRows = 500_000;

    static readonly ColumnSchema[] Schema =
    [
        new("id", ColumnKind.Int64), new("price", ColumnKind.Double), new("symbol", ColumnKind.Utf8),
        new("recv_ts", ColumnKind.TimestampMicros), new("size", ColumnKind.Int32, IsNullable: true),
    ];

    readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("ticklake-large-").FullName, "t.parquet");

    [Fact]
    public async Task Ten_million_rows_are_the_same_for_every_reader()
    {
        Write();
        // Quarters, so that no order of adding loses anything.
        var expected = Sums();
        Own().ShouldBe(expected);
        var duck = await IndependentReaders.DuckDbAsync($"""
            select sum(id), sum(price), count(*) filter (symbol = '币安人生USDT'), sum(epoch_us(recv_ts) - {Time(0)}),
            sum(size), count(size), count(*) from read_parquet('{_path}')
            """);
        duck[0].ShouldBe(expected);
        var polars = (await IndependentReaders.PolarsSumsAsync(_path)).ToDictionary(row => row[0]!);
        polars.Values.ShouldAllBe(row => row[1] == expected[6]);
        polars["id"][3].ShouldBe(expected[0]);
        double.Parse(polars["price"][3]!, CultureInfo.InvariantCulture)
            .ShouldBe(double.Parse(expected[1], CultureInfo.InvariantCulture));
        polars["size"][3].ShouldBe(expected[4]);
        polars["size"][2].ShouldBe(Text(Rows - int.Parse(expected[5], CultureInfo.InvariantCulture)));
        // All rows would take hyparquet minutes: some around the end of a group.
        const int First = (7 * GroupRows) - 1500;
        var some = await IndependentReaders.HyparquetAsync(_path, First, First + 3000);
        some.Count.ShouldBe(3000);
        for (var i = 0; i < some.Count; i++)
            some[i].ShouldBe(Cells(First + i));
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, true);

    static double Price(int row) => (240_000 + (row * 7L % 1001)) / 4.0;

    static string Symbol(int row) => row % 3 == 0 ? "币安人生USDT" : "BTCUSDT";

    static long Time(int row) => 1_737_100_800_000_000 + (row / 7 * 100_000L);

    static int? Size(int row) => row % 5 == 0 ? null : row % 1000;

    static string?[] Cells(int row) =>
    [
        Text(row), IndependentReaders.Text(Price(row)), Symbol(row), Text(Time(row)), Size(row) is { } size ? Text(size) : null,
    ];

    static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    static string[] Sums()
    {
        var (ids, prices, symbols, times, sizes, known) = (0L, 0.0, 0, 0L, 0L, 0);
        for (var row = 0; row < Rows; row++)
        {
            ids += row;
            prices += Price(row);
            symbols += row % 3 == 0 ? 1 : 0;
            times += Time(row) - Time(0);
            sizes += Size(row) ?? 0;
            known += Size(row) is null ? 0 : 1;
        }

        return Described(ids, prices, symbols, times, sizes, known);
    }

    static string[] Described(long ids, double prices, int symbols, long times, long sizes, int known) =>
        [Text(ids), IndependentReaders.Text(prices), Text(symbols), Text(times), Text(sizes), Text(known), Text(Rows)];

    void Write()
    {
        using var file = File.Create(_path);
        using var writer = new ParquetWriter(file, Schema, new ParquetWriterOptions());
        byte[][] symbols = ["BTCUSDT"u8.ToArray(), "币安人生USDT"u8.ToArray()];
        for (var first = 0; first < Rows; first += GroupRows)
        {
            var rows = Enumerable.Range(first, GroupRows).ToArray();
            var isNull = Array.ConvertAll(rows, row => Size(row) is null);
            var codes = Array.ConvertAll(rows, row => (byte)(row % 3 == 0 ? 1 : 0));
            writer.WriteRowGroup(
            [
                [new Int64Part(Array.ConvertAll(rows, row => (long)row), GroupRows)],
                [new DoublePart(Array.ConvertAll(rows, Price), GroupRows)],
                [new CodedUtf8Part(codes, symbols, GroupRows)],
                [new Int64Part(Array.ConvertAll(rows, Time), GroupRows)],
                [new Int32Part(Array.ConvertAll(rows, row => Size(row) ?? 0), GroupRows, isNull)],
            ]);
        }

        writer.Finish([]);
    }

    string[] Own()
    {
        var (ids, prices, symbols, times, sizes, known, count) = (0L, 0.0, 0, 0L, 0L, 0, 0);
        using var reader = ParquetReader.Open(_path);
        for (var group = 0; group < reader.GroupRows.Count; group++)
        {
            var table = reader.Read(group);
            var texts = (Utf8Values)table["symbol"];
            var size = (FixedValues<int>)table["size"];
            foreach (var id in ((FixedValues<long>)table["id"]).Values)
                ids += id;
            foreach (var price in ((FixedValues<double>)table["price"]).Values)
                prices += price;
            foreach (var time in ((FixedValues<long>)table["recv_ts"]).Values)
                times += time - Time(0);
            for (var row = 0; row < table.RowCount; row++)
            {
                symbols += texts.Utf8(row).SequenceEqual("币安人生USDT"u8) ? 1 : 0;
                sizes += size.Values[row];
                known += size.IsNull(row) ? 0 : 1;
            }

            count += table.RowCount;
        }

        count.ShouldBe(Rows);
        return Described(ids, prices, symbols, times, sizes, known);
    }
}
