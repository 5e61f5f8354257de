using Ticklake.Columnar;
using Ticklake.Columnar.Parquet;

namespace Ticklake.Benchmarks.Reading;

/// <summary>Writes files of rows that look like those of a recorded book: a random walk with levels around it.</summary>
static class BookRows
{
    const int GroupRows = 65_536;

    static readonly ColumnSchema[] Schema =
    [
        new("recv_ts", ColumnKind.TimestampMicros), new("exchange_ts", ColumnKind.TimestampMicros, IsNullable: true),
        new("symbol", ColumnKind.Utf8), new("side", ColumnKind.Utf8), new("price", ColumnKind.Double),
        new("amount", ColumnKind.Double), new("first_update_id", ColumnKind.Int64),
        new("last_update_id", ColumnKind.Int64), new("is_snapshot", ColumnKind.Boolean),
    ];

    /// <summary>Writes them as the recorder does unasked: groups of 65,536 rows, zstd.</summary>
    public static void Write(string path, int rows)
    {
        using var file = File.Create(path);
        using var writer = new ParquetWriter(file, Schema, new ParquetWriterOptions());
        var (random, time, ticks, id) = (new Random(1), 1_737_100_800_000_000, 6_000_000L, 60_000_000_000L);
        for (var done = 0; done < rows; done += GroupRows)
        {
            var count = Math.Min(GroupRows, rows - done);
            var (times, sides) = (new long[count], new byte[count]);
            var (prices, amounts) = (new double[count], new double[count]);
            var (firsts, lasts) = (new long[count], new long[count]);
            for (var i = 0; i < count;)
            {
                time += random.Next(80_000, 120_000);
                ticks += random.Next(-50, 51);
                var last = id + random.Next(1, 60);
                for (var levels = random.Next(1, 40); levels > 0 && i < count; levels--, i++)
                {
                    (times[i], firsts[i], lasts[i]) = (time, id + 1, last);
                    sides[i] = (byte)random.Next(2);
                    var depth = (int)Math.Pow(10, random.NextDouble() * 3.5);
                    prices[i] = (ticks + (sides[i] == 0 ? -depth : depth)) / 100.0;
                    amounts[i] = random.Next(4) == 0 ? 0 : Math.Round(Math.Pow(10, (random.NextDouble() * 6) - 4), 5);
                }

                id = last;
            }

            writer.WriteRowGroup(
            [
                [new Int64Part(times, count)], [new Int64Part(Array.ConvertAll(times, x => x / 1000 * 1000), count)],
                [ConstantPart.Of("BTCUSDT"u8.ToArray(), count)],
                [new CodedUtf8Part(sides, ["buy"u8.ToArray(), "sell"u8.ToArray()], count)],
                [new DoublePart(prices, count)], [new DoublePart(amounts, count)],
                [new Int64Part(firsts, count)], [new Int64Part(lasts, count)], [ConstantPart.Of(0, count)],
            ]);
        }

        writer.Finish([]);
    }
}
