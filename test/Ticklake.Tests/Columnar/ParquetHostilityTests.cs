using Shouldly;
using Ticklake.Columnar.Parquet;
using Xunit;

namespace Ticklake.Tests.Columnar;

public sealed class ParquetHostilityTests
{
    const int MutationsPerFile = 1500;

    static readonly ParquetReaderOptions Bounded = new()
    {
        MaxRowGroupRows = 100_000,
        MaxPageBytes = 1 << 20,
        MaxTextBytes = 1 << 22,
    };

    [Theory]
    [InlineData(ParquetCompression.None)]
    [InlineData(ParquetCompression.Gzip)]
    [InlineData(ParquetCompression.Zstd)]
    public void A_damaged_file_gives_its_rows_or_a_clear_error(ParquetCompression compression)
    {
        var options = new ParquetWriterOptions { Compression = compression, PageRows = 100 };
        var file = RandomTable.Of(5, 350).Write(options);
        for (var seed = 0; seed < MutationsPerFile; seed++)
        {
            var damaged = DamagedFile.Of(file, new Random(seed), overwritesWords: false);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                ReadAll(damaged);
            }
            catch (Exception e) when (e is InvalidDataException or NotSupportedException)
            {
                e.Message.ShouldNotBeNullOrWhiteSpace();
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}", e);
            }

            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(64 << 20, $"seed {seed}");
        }
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

    static void ReadAll(byte[] file)
    {
        using var reader = new ParquetReader(new MemoryStream(file), Bounded);
        for (var i = 0; i < reader.RowGroups.Count; i++)
            reader.Read(i);
    }
}
