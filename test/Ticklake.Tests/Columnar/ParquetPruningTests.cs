using System.Text;
using Shouldly;
using Ticklake.Columnar;
using Ticklake.Columnar.Parquet;
using Xunit;

namespace Ticklake.Tests.Columnar;

public sealed class ParquetPruningTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("ticklake-pruning-").FullName;

    [Fact]
    public void Pages_and_groups_that_cannot_match_are_not_read()
    {
        const int Rows = 50_000, PageRows = 1000;
        var file = Ordered(Rows, PageRows);
        var stream = new CountingStream(file);
        using var reader = new ParquetReader(stream);
        reader.GroupRows.ShouldBe([Rows, Rows]);
        var noise = reader.ColumnIndex("noise");
        var before = stream.BytesRead;
        reader.Select(0, [new RowFilter("id", 60_000L, 60_010L)]).Count.ShouldBe(0);
        stream.BytesRead.ShouldBe(before, "the footer's bounds say it all");

        var rows = reader.Select(1, [new RowFilter("id", 60_990L, 61_005L)]);
        rows.ToString().ShouldBe("10000+2000", "two pages of the second group");
        var indexes = stream.BytesRead - before;
        indexes.ShouldBeLessThan(8_000);
        var values = (FixedValues<double>)reader.ReadColumn(1, noise, rows);
        values.Count.ShouldBe(rows.Count);
        values.Values[0].ShouldBe(Noise(60_000));
        values.Values[^1].ShouldBe(Noise(61_999));
        var touched = stream.BytesRead - before - indexes;
        var whole = reader.RowGroups[1].Columns[noise].CompressedBytes;
        touched.ShouldBeLessThan((whole * 3 / 50) + 2000, $"of {whole} bytes");
    }

    [Fact]
    public void A_filter_of_another_type_or_column_is_refused()
    {
        using var reader = new ParquetReader(new MemoryStream(Ordered(10, 10)));
        Should.Throw<ArgumentException>(() => reader.Select(0, [new RowFilter("id", "text", null)]));
        Should.Throw<KeyNotFoundException>(() => reader.Select(0, [new RowFilter("nowhere", 1L, null)]));
        Should.Throw<ArgumentOutOfRangeException>(() => reader.ReadColumn(0, 0, RowRanges.All(11)));
    }

    [Fact]
    public void What_is_left_out_of_our_files_does_not_match()
    {
        for (var seed = 0; seed < 120; seed++)
        {
            var random = new Random(seed);
            var options = new ParquetWriterOptions
            {
                Compression = (ParquetCompression)random.Next(3),
                PageRows = random.Next(1, 200),
            };
            Check(RandomTable.Of(seed, random.Next(1, 1500)).Write(options), random, $"seed {seed}");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(", parquet_version V2, compression zstd")]
    [InlineData(", compression uncompressed, dictionary_size_limit 0")]
    public async Task What_is_left_out_of_files_of_duckdb_does_not_match(string options)
    {
        var path = Path.Combine(_folder, "duckdb.parquet");
        await IndependentReaders.DuckDbAsync($"""
            copy (select i as a, case when i % 7 > 2 then i // 3 end as b, (i * 7919) % 1000 / 8.0::double as c,
            'text ' || (i // 50) as d, i % 1000 < 300 as e, (i // 9)::float as f, make_timestamptz(i * 1000) as g,
            (i % 100)::utinyint as h, date '2025-01-01' + (i // 400)::int as j from range(12000) r(i))
            to '{path}' (format parquet, row_group_size 4096{options})
            """);
        var file = await File.ReadAllBytesAsync(path);
        for (var seed = 0; seed < 20; seed++)
            Check(file, new Random(seed), $"seed {seed}");
    }

    [Fact]
    public async Task What_is_left_out_of_files_of_polars_does_not_match()
    {
        var path = Path.Combine(_folder, "polars.parquet");
        await IndependentReaders.PolarsAsync(path, "zstd");
        var file = await File.ReadAllBytesAsync(path);
        for (var seed = 0; seed < 20; seed++)
            Check(file, new Random(seed), $"seed {seed}");
    }

    public void Dispose() => Directory.Delete(_folder, true);

    // Every column by random rows, and random filters: all rows that match are among the rows given.
    static void Check(byte[] file, Random random, string what)
    {
        using var reader = new ParquetReader(new MemoryStream(file));
        for (var group = 0; group < reader.GroupRows.Count; group++)
        {
            var whole = reader.Read(group);
            var some = RowRanges.Of(SomeRanges(random, whole.RowCount));
            ShouldBeRows(reader, group, some, whole, what);
            RowFilter[] filters = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => SomeFilter(random, whole))];
            var rows = reader.Select(group, filters);
            ShouldBeRows(reader, group, rows, whole, what);
            var given = rows.Ranges.SelectMany(x => Enumerable.Range(x.First, x.Count)).ToHashSet();
            for (var row = 0; row < whole.RowCount; row++)
            {
                if (!given.Contains(row) && filters.All(filter => Matches(filter, whole[filter.Column][row])))
                    Assert.Fail($"{what}: row {row} of group {group} matches {string.Join<RowFilter>(", ", filters)}");
            }
        }
    }

    static void ShouldBeRows(ParquetReader reader, int group, RowRanges rows, ColumnTable whole, string what)
    {
        for (var column = 0; column < reader.Schema.Count; column++)
        {
            var values = reader.ReadColumn(group, column, rows);
            values.Count.ShouldBe(rows.Count, what);
            var place = 0;
            foreach (var range in rows.Ranges)
            {
                for (var row = range.First; row < range.End; row++, place++)
                {
                    if (!Equals(values[place], whole[row, column]))
                        values[place].ShouldBe(whole[row, column], $"{what}: row {row} of {reader.Schema[column]}");
                }
            }
        }
    }

    static IEnumerable<RowRange> SomeRanges(Random random, int rows)
    {
        var odds = random.Next(1, 6);
        for (var row = 0; row < rows;)
        {
            var count = Math.Min(rows - row, random.Next(1, 1 + (rows / random.Next(1, 9))));
            if (random.Next(odds) == 0)
                yield return new RowRange(row, count);
            row += count;
        }
    }

    static RowFilter SomeFilter(Random random, ColumnTable whole)
    {
        var column = whole.Columns[random.Next(whole.Columns.Count)];
        object? Bound() => random.Next(4) == 0 ? null : column[random.Next(column.Count)];
        var (min, max) = (Bound(), Bound());
        return new RowFilter(column.Column.Name, min, random.Next(2) == 0 ? min : max);
    }

    static bool Matches(RowFilter filter, object? value) => value is not null
        && (filter.Min is null || Compare(value, filter.Min) is 0 or 1)
        && (filter.Max is null || Compare(value, filter.Max) is 0 or -1);

    // 2 where one of both is NaN.
    static int Compare(object left, object right) => (left, right) switch
    {
        (double a, double b) => a < b ? -1 : a > b ? 1 : a == b ? 0 : 2,
        (string a, string b) => Math.Sign(Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b))),
        _ => Math.Sign(((IComparable)left).CompareTo(right)),
    };

    static double Noise(long id) => Math.Sin(id) * 1e6;

    // Two groups of ascending ids with a double beside them that compresses badly.
    static byte[] Ordered(int rows, int pageRows)
    {
        using var stream = new MemoryStream();
        ColumnSchema[] schema = [new("id", ColumnKind.Int64), new("noise", ColumnKind.Double)];
        using var writer = new ParquetWriter(stream, schema, new ParquetWriterOptions { PageRows = pageRows });
        for (var group = 0; group < 2; group++)
        {
            var ids = Enumerable.Range(group * rows, rows).Select(id => (long)id).ToArray();
            writer.WriteRowGroup([[new Int64Part(ids, rows)], [new DoublePart(Array.ConvertAll(ids, Noise), rows)]]);
        }

        writer.Finish([]);
        return stream.ToArray();
    }
}
