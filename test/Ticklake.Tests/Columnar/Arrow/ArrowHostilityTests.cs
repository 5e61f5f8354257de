using System.Buffers.Binary;
using Shouldly;
using Ticklake.Columnar;
using Ticklake.Columnar.Arrow;
using Xunit;

namespace Ticklake.Tests.Columnar.Arrow;

public sealed class ArrowHostilityTests
{
    const int MutationsPerFile = 10_000;

    static readonly ArrowReaderOptions Bounded = new()
    {
        MaxBatchRows = 100_000,
        MaxBufferBytes = 1 << 20,
        MaxFooterBytes = 1 << 20,
    };

    [Theory]
    [InlineData(ArrowCompression.None)]
    [InlineData(ArrowCompression.Zstd)]
    public void A_damaged_file_gives_its_rows_or_a_clear_error(ArrowCompression compression)
    {
        var options = new ArrowWriterOptions { Compression = compression };
        var file = ArrowCells.Write(options, RandomTable.Of(5, 90), RandomTable.Of(6, 40));
        for (var seed = 0; seed < MutationsPerFile; seed++)
        {
            var damaged = DamagedFile.Of(file, new Random(seed), overwritesWords: true);
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

            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(16 << 20, $"seed {seed}");
        }
    }

    [Fact]
    public void Every_shorter_file_is_refused()
    {
        var file = ArrowCells.Write(ArrowCells.Compressed, RandomTable.Of(5, 50));
        for (var length = 0; length < file.Length; length++)
            Should.Throw<InvalidDataException>(() => ReadAll(file[..length]));
    }

    [Fact]
    public void A_flipped_bit_of_a_compressed_buffer_is_found()
    {
        var numbers = Enumerable.Range(0, 2000).Select(i => (long)i * 3).ToArray();
        var file = ArrowCells.Write(
            ArrowCells.Compressed, new("n", ColumnKind.Int64), [new Int64Part(numbers, numbers.Length)]);
        using var reader = new ArrowReader(new MemoryStream(file));
        // The frame's magic number tells where the body lies.
        var start = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]);
        var found = 0;
        for (var at = start; at < start + reader.RecordBatches[0].BodyBytes - 64; at++)
        {
            var damaged = (byte[])file.Clone();
            damaged[at] ^= 4;
            try
            {
                using var other = new ArrowReader(new MemoryStream(damaged), Bounded);
                var values = other.ReadColumn(0, 0);
                for (var i = 0; i < numbers.Length; i++)
                    values[i].ShouldBe(numbers[i], $"byte {at}");
            }
            catch (InvalidDataException)
            {
                found++;
            }
        }

        found.ShouldBeGreaterThan(1000);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ARROW1")]
    [InlineData("ARROW1\0\0ARROW1")]
    [InlineData("ARROW1\0\0\0\0\0\0ARROW1")]
    [InlineData("no arrow file at all, but long")]
    public void What_is_no_arrow_file_is_refused(string text) =>
        Should.Throw<InvalidDataException>(() => ReadAll(System.Text.Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void A_buffer_that_claims_more_than_is_allowed_is_refused_before_memory_is_taken()
    {
        var file = ArrowCells.Write(
            ArrowCells.Compressed, new("n", ColumnKind.Int64), [ConstantPart.Of(5, 50_000)]);
        var length = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]) - 8;
        BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(length)).ShouldBe(400_000);
        foreach (var claim in (long[])[399_999, 400_001, 1 << 19, 1 << 21, long.MaxValue, long.MinValue, -2])
        {
            BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(length), claim);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Should.Throw<InvalidDataException>(() => ReadAll(file)).Message.ShouldContain(
                $"claims {claim} bytes", customMessage: $"{claim}");
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 18);
        }
    }

    [Fact]
    public void More_rows_than_are_allowed_are_refused()
    {
        var file = ArrowCells.Write(
            ArrowCells.Compressed, new("n", ColumnKind.Int64), [ConstantPart.Of(5, 100_001)]);
        Should.Throw<InvalidDataException>(() => ReadAll(file)).Message.ShouldContain("100001 rows");
    }

    static void ReadAll(byte[] file)
    {
        using var reader = new ArrowReader(new MemoryStream(file), Bounded);
        for (var i = 0; i < reader.RecordBatches.Count; i++)
            reader.Read(i);
    }
}
