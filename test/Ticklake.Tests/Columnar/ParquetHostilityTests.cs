using System.Diagnostics;
using System.IO.Compression;
using Shouldly;
using Ticklake.Columnar;
using Ticklake.Columnar.Compression;
using Ticklake.Columnar.Parquet;
using Ticklake.Columnar.Parquet.Footer;
using Ticklake.Columnar.Parquet.Reading;
using Xunit;

namespace Ticklake.Tests.Columnar;

public sealed class ParquetHostilityTests : IDisposable
{
    // Eight kinds of file: 100,000 together.
    const int MutationsPerFile = 12_500;

    static readonly ParquetReaderOptions Bounded = new()
    {
        MaxRowGroupRows = 100_000,
        MaxPageBytes = 1 << 20,
        MaxTextBytes = 1 << 22,
    };

    // A checksum ends most damaged pages before they are decoded.
    static readonly ParquetReaderOptions Trusting = Bounded with { VerifiesChecksums = false };

    // Milliseconds, were it not for other work on the machine.
    static readonly TimeSpan LongestRead = TimeSpan.FromSeconds(5);

    readonly string _folder = Directory.CreateTempSubdirectory("ticklake-hostile-").FullName;

    [Theory]
    [InlineData(ParquetCompression.None, true)]
    [InlineData(ParquetCompression.Zstd, true)]
    [InlineData(ParquetCompression.None, false)]
    [InlineData(ParquetCompression.Gzip, false)]
    public void A_damaged_file_gives_rows_or_a_clear_error(ParquetCompression compression, bool verifies)
    {
        var options = new ParquetWriterOptions { Compression = compression, PageRows = 25 };
        ShouldBeReadOrRefused(RandomTable.Of(5, 60).Write(options), verifies ? Bounded : Trusting);
    }

    [Theory]
    [InlineData("")]
    [InlineData(", parquet_version V2, compression uncompressed")]
    [InlineData(", parquet_version V2, compression zstd")]
    public async Task A_damaged_file_of_duckdb_gives_rows_or_a_clear_error(string options)
    {
        var path = Path.Combine(_folder, "duckdb.parquet");
        await IndependentReaders.DuckDbAsync($"""
            copy (select i as a, case when i % 7 > 2 then i // 3 end as b, i / 8.0::double as c, 'text ' || (i // 9) as d,
            'u' || i as e, i % 3 = 0 as f, (i // 9)::float as g, date '2025-01-01' + i::int as h from range(60) r(i))
            to '{path}' (format parquet{options})
            """);
        ShouldBeReadOrRefused(await File.ReadAllBytesAsync(path), Bounded);
    }

    [Fact]
    public async Task A_damaged_file_of_polars_gives_rows_or_a_clear_error()
    {
        var path = Path.Combine(_folder, "polars.parquet");
        await IndependentReaders.PolarsAsync(path, "few");
        ShouldBeReadOrRefused(await File.ReadAllBytesAsync(path), Bounded);
    }

    [Fact]
    public void A_page_that_lies_about_its_size_takes_no_memory()
    {
        const int Size = 100 << 20;
        using var zstd = new ZstdCompressor(3);
        var bomb = new byte[1 << 20];
        var length = zstd.Compress(new byte[Size], bomb);
        using var inflater = new PageInflater(new ParquetReaderOptions());
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(new byte[Size]);
        var gzipped = compressed.ToArray();
        byte[] snappy = [0x80, 0x80, 0x80, 0x08, 0x00, 0x61];
        var before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<InvalidDataException>(() => inflater.Inflate(PageCodec.Zstd, bomb.AsSpan(0, length), 1000));
        Should.Throw<InvalidDataException>(() => inflater.Inflate(PageCodec.Zstd, bomb.AsSpan(0, length), 1 << 28));
        Should.Throw<InvalidDataException>(() => inflater.Inflate(PageCodec.Zstd, bomb.AsSpan(0, 20), 1 << 28));
        Should.Throw<InvalidDataException>(() => inflater.Inflate(PageCodec.Gzip, gzipped, 1000));
        Should.Throw<InvalidDataException>(() => inflater.Inflate(PageCodec.Gzip, gzipped.AsSpan(0, 1000), 1 << 28));
        Should.Throw<InvalidDataException>(() => inflater.Inflate(PageCodec.Snappy, snappy, 1 << 24));
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(4 << 20);
    }

    [Fact]
    public void Every_shorter_file_is_refused()
    {
        var file = RandomTable.Of(5, 50).Write(new ParquetWriterOptions());
        for (var length = 0; length < file.Length; length++)
            Should.Throw<InvalidDataException>(() => ReadAll(file[..length]));
    }

    [Theory]
    [InlineData(ParquetCompression.None)]
    [InlineData(ParquetCompression.Zstd)]
    public void A_flipped_bit_of_a_page_is_found_or_changes_no_cell(ParquetCompression compression)
    {
        var file = RandomTable.Of(9, 300).Write(new ParquetWriterOptions { Compression = compression, PageRows = 100 });
        using var reader = new ParquetReader(new MemoryStream(file));
        var pages = 4 + reader.RowGroups[0].Columns.Sum(column => column.CompressedBytes);
        var cells = Cells(file);
        var headers = 0;
        for (var at = 4; at < pages; at++)
        {
            // A body is under its checksum; a header is not, so there every bit is tried.
            if (Flipped(file, at, 0, cells) is not { } fault || !fault.Contains("does not match its checksum", StringComparison.Ordinal))
            {
                headers++;
                for (var bit = 1; bit < 8; bit++)
                    Flipped(file, at, bit, cells);
            }
        }

        headers.ShouldBeGreaterThan(100);
    }

    [Theory]
    [InlineData("")]
    [InlineData("PAR1")]
    [InlineData("PAR1PAR1PAR1")]
    [InlineData("no parquet file at all")]
    public void What_is_no_parquet_file_is_refused(string text) =>
        Should.Throw<InvalidDataException>(() => ReadAll(System.Text.Encoding.ASCII.GetBytes(text)));

    public void Dispose() => Directory.Delete(_folder, true);

    // What was said of the damage, or null where every cell is as before.
    static string? Flipped(byte[] file, int at, int bit, List<object?> cells)
    {
        var damaged = (byte[])file.Clone();
        damaged[at] ^= (byte)(1 << bit);
        try
        {
            Cells(damaged).SequenceEqual(cells).ShouldBeTrue($"bit {bit} of byte {at} changes cells unseen");
            return null;
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException)
        {
            return e.Message;
        }
    }

    static List<object?> Cells(byte[] file)
    {
        var cells = new List<object?>();
        using var reader = new ParquetReader(new MemoryStream(file), Bounded);
        for (var i = 0; i < reader.RowGroups.Count; i++)
        {
            foreach (var column in reader.Read(i).Columns)
            {
                for (var row = 0; row < column.Count; row++)
                    cells.Add(column[row]);
            }
        }

        return cells;
    }

    static void ReadAll(byte[] file) => ReadAll(file, Bounded);

    // Whole, and by a filter and some rows, which is what reads the page indexes.
    static void ReadAll(byte[] file, ParquetReaderOptions options)
    {
        using var reader = new ParquetReader(new MemoryStream(file), options);
        for (var i = 0; i < reader.RowGroups.Count; i++)
        {
            reader.Read(i);
            var filter = new RowFilter(reader.Schema[0].Name, null, null);
            var rows = reader.Select(i, [filter]).Intersect(RowRanges.All(reader.GroupRows[i] / 2));
            for (var column = 0; column < reader.Schema.Count; column++)
                reader.ReadColumn(i, column, rows);
        }
    }

    static void ShouldBeReadOrRefused(byte[] file, ParquetReaderOptions options)
    {
        ReadAll(file, options);
        var read = 0;
        for (var seed = 0; seed < MutationsPerFile; seed++)
        {
            var random = new Random(seed);
            var damaged = seed % 2 == 0
                ? DamagedFile.Of(file, random, overwritesWords: false)
                : DamagedFile.Worse(file, random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var begun = Stopwatch.GetTimestamp();
            try
            {
                ReadAll(damaged, options);
                read++;
            }
            catch (Exception e) when (e is InvalidDataException or NotSupportedException)
            {
                e.Message.ShouldNotBeNullOrWhiteSpace();
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}", e);
            }

            if (GC.GetAllocatedBytesForCurrentThread() - before > 64 << 20)
                Assert.Fail($"seed {seed} takes {GC.GetAllocatedBytesForCurrentThread() - before} bytes");
            if (Stopwatch.GetElapsedTime(begun) > LongestRead)
                Assert.Fail($"seed {seed} takes {Stopwatch.GetElapsedTime(begun)}");
        }

        // The damage is neither so large that nothing is ever decoded, nor so small that nothing is found.
        read.ShouldBeInRange(MutationsPerFile / 100, MutationsPerFile * 3 / 4);
    }
}
