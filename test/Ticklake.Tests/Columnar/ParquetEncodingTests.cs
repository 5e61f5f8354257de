using Shouldly;
using Ticklake.Columnar;
using Ticklake.Columnar.Parquet.Chunks;
using Ticklake.Columnar.Parquet.Encodings;
using Xunit;

namespace Ticklake.Tests.Columnar;

public sealed class ParquetEncodingTests
{
    [Fact]
    public void Delta_pages_hold_any_integers()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var bits = random.Next(1, 65);
            var values = new long[random.Next(0, 700)];
            for (var i = 0; i < values.Length; i++)
                values[i] = random.NextInt64(long.MinValue, long.MaxValue) >> (64 - bits);
            var output = new ByteBuffer();
            DeltaEncoder.Write(values, output, isAligned: seed % 2 == 0);
            var read = new long[values.Length];
            DeltaDecoder.Read(output.Written, read);
            read.ShouldBe(values, $"seed {seed}");
        }
    }

    [Fact]
    public void Delta_pages_of_32_bit_integers_are_never_wider_than_their_type()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            var values = new int[random.Next(1, 700)];
            for (var i = 0; i < values.Length; i++)
                values[i] = random.Next(3) switch { 0 => int.MaxValue, 1 => int.MinValue, _ => random.Next(-9, 9) };
            var output = new ByteBuffer();
            DeltaEncoder.Write(values, output, isAligned: seed % 2 == 0);
            var blocks = (values.Length + 127) / 128;
            output.Length.ShouldBeLessThanOrEqualTo(20 + (blocks * (14 + (128 * 4))), $"seed {seed}");
            var read = new long[values.Length];
            DeltaDecoder.Read(output.Written, read);
            read.Select(value => unchecked((int)value)).ShouldBe(values, $"seed {seed}");
        }
    }

    [Fact]
    public void Runs_hold_indices_of_any_width()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var width = random.Next(1, 32);
            var stay = random.Next(1, 40);
            var values = new int[random.Next(0, 2000)];
            for (var i = 0; i < values.Length; i++)
                values[i] = i > 0 && random.Next(stay) > 0 ? values[i - 1] : random.Next(int.MaxValue) >> (31 - width);
            var output = new ByteBuffer();
            RunEncoder.Write(values, width, output);
            var read = new int[values.Length];
            RunDecoder.Read(output.Written, width, read);
            read.ShouldBe(values, $"seed {seed}");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Runs_hold_flags(bool inverted)
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var stay = random.Next(1, 200);
            var flags = new bool[random.Next(0, 3000)];
            for (var i = 0; i < flags.Length; i++)
                flags[i] = i > 0 && random.Next(stay) > 0 ? flags[i - 1] : random.Next(2) == 0;
            var output = new ByteBuffer();
            RunEncoder.Write(flags, inverted, output);
            var read = new int[flags.Length];
            RunDecoder.Read(output.Written, 1, read);
            read.Select(bit => bit != 0 != inverted).ShouldBe(flags, $"seed {seed}");
        }
    }

    [Fact]
    public void Streams_of_bytes_hold_any_values()
    {
        for (var count = 0; count < 100; count++)
        {
            var random = new Random(count);
            var values = new ulong[count];
            for (var i = 0; i < count; i++)
                values[i] = (ulong)random.NextInt64(long.MinValue, long.MaxValue);
            var output = new ByteBuffer();
            ByteStreamSplit.Write(values, output);
            output.Length.ShouldBe(count * 8);
            // The definition: stream k holds byte k of every value.
            for (var i = 0; i < count; i++)
            {
                for (var k = 0; k < 8; k++)
                    output.Written[(k * count) + i].ShouldBe((byte)(values[i] >> (8 * k)), $"{count} values");
            }

            var read = new ulong[count];
            ByteStreamSplit.Read(output.Written, read);
            read.ShouldBe(values, $"{count} values");
        }
    }

    [Fact]
    public void A_dictionary_in_another_order_means_the_same()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            var kinds = random.Next(1, 3000);
            var values = new long[10_000];
            for (var i = 0; i < values.Length; i++)
                values[i] = (long)(kinds * random.NextDouble() * random.NextDouble());
            var dictionary = new NumberDictionary();
            var seen = new int[values.Length];
            dictionary.TryEncode<long>(values, seen, int.MaxValue).ShouldBeTrue();
            var byValue = new DictionaryOrder();
            byValue.SortByValue(dictionary.Values);
            var byFrequency = new DictionaryOrder();
            byFrequency.SortByFrequency(byValue, seen);
            foreach (var order in new[] { byValue, byFrequency })
            {
                var indices = new int[values.Length];
                order.Apply(seen, indices);
                var entries = order.Entries.ToArray();
                indices.Select(index => (long)entries[index]).ShouldBe(values, $"seed {seed}");
                indices.Max().ShouldBeLessThan(1 << order.Width);
            }

            byValue.Entries.ToArray().ShouldBeInOrder();
            var counts = values.CountBy(value => value).ToDictionary();
            byFrequency.Entries.ToArray().Select(entry => -counts[(long)entry]).ShouldBeInOrder();
        }
    }

    [Fact]
    public void Page_checksums_are_the_crc_of_zlib_at_every_length()
    {
        PageChecksum.Compute("123456789"u8).ShouldBe(0xCBF43926u);
        var bytes = new byte[1000];
        new Random(1).NextBytes(bytes);
        for (var length = 0; length < bytes.Length; length++)
        {
            var some = bytes.AsSpan(0, length);
            // The definition, bit by bit.
            var expected = uint.MaxValue;
            foreach (var b in some)
            {
                expected ^= b;
                for (var bit = 0; bit < 8; bit++)
                    expected = (expected >> 1) ^ ((expected & 1) * 0xEDB88320);
            }

            PageChecksum.Compute(some).ShouldBe(~expected, $"length {length}");
            PageChecksum.Append(PageChecksum.Compute(some[..(length / 3)]), some[(length / 3)..]).ShouldBe(~expected);
        }
    }

    [Fact]
    public void A_dictionary_numbers_values_as_they_come()
    {
        var dictionary = new NumberDictionary();
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            var kinds = random.Next(1, 9000);
            var values = new long[20_000];
            for (var i = 0; i < values.Length; i++)
                values[i] = random.Next(kinds) - 3;
            dictionary.Clear();
            var indices = new int[values.Length];
            dictionary.TryEncode<long>(values, indices, int.MaxValue).ShouldBeTrue();
            dictionary.Count.ShouldBe(values.Distinct().Count(), $"seed {seed}");
            var entries = dictionary.Values.ToArray();
            indices.Select(index => (long)entries[index]).ShouldBe(values, $"seed {seed}");
            dictionary.Clear();
            dictionary.TryEncode<long>(values, indices, entries.Length).ShouldBeTrue();
            dictionary.Clear();
            dictionary.TryEncode<long>(values, indices, entries.Length - 1).ShouldBeFalse();
        }
    }
}
