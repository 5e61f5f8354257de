using System.Text;
using Shouldly;
using Ticklake.Columnar;
using Ticklake.Columnar.Parquet.Encodings;
using Ticklake.Columnar.Parquet.Footer;
using Ticklake.Columnar.Parquet.Reading;
using Xunit;

namespace Ticklake.Tests.Columnar;

/// <summary>Encodings that are only read, or read faster than their definition says.</summary>
public sealed class ParquetDecodingTests
{
    [Fact]
    public void Values_of_every_width_are_unpacked_as_their_bits_say()
    {
        for (var width = 0; width <= 32; width++)
        {
            var random = new Random(width);
            var values = new int[random.Next(1, 300)];
            foreach (ref var value in values.AsSpan())
                value = (int)(random.NextInt64() & ((1L << width) - 1));
            var bytes = new byte[BitPacker.PackedSize(values.Length, width) + random.Next(2) * 20];
            for (var bit = 0; bit < values.Length * width; bit++)
                bytes[bit / 8] |= (byte)(((values[bit / width] >> (bit % width)) & 1) << (bit % 8));
            var read = new int[values.Length];
            BitUnpacker.Unpack(bytes, width, read);
            read.ShouldBe(values, $"{width} bits");
            var wide = new ulong[values.Length];
            BitUnpacker.Unpack(bytes, width, wide);
            wide.Select(value => (int)value).ShouldBe(values, $"{width} bits");
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(16)]
    public void Streams_of_bytes_are_joined(int width)
    {
        for (var count = 0; count < 70; count++)
        {
            var values = new byte[count * width];
            new Random(count).NextBytes(values);
            var body = new byte[values.Length];
            for (var i = 0; i < values.Length; i++)
                body[(i % width * count) + (i / width)] = values[i];
            var read = new byte[values.Length];
            ByteStreamSplit.Decode(body, width, read);
            read.ShouldBe(values, $"{count} values");
        }
    }

    [Fact]
    public void Texts_that_repeat_the_beginning_of_the_one_before_are_read()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var texts = new string[random.Next(1, 300)];
            for (var i = 0; i < texts.Length; i++)
            {
                var last = i > 0 ? texts[i - 1] : "";
                texts[i] = $"{last[..random.Next(Math.Min(40, last.Length + 1))]}é{random.Next(99)}";
            }

            var body = DeltaBytes(texts, random);
            var values = new TextPageValues(new ColumnSchema("t", ColumnKind.Utf8), texts.Length, 1 << 20);
            values.ReadPage(PageEncoding.DeltaByteArray, body, 0, texts.Length, 0);
            var column = values.Finish();
            for (var i = 0; i < texts.Length; i++)
                column[i].ShouldBe(texts[i], $"seed {seed}");
            body[random.Next(body.Length)] ^= (byte)(1 << random.Next(8));
            var damaged = new TextPageValues(new ColumnSchema("t", ColumnKind.Utf8), texts.Length, 1 << 20);
            Exception? fault = null;
            try
            {
                damaged.ReadPage(PageEncoding.DeltaByteArray, body, 0, texts.Length, 0);
            }
            catch (Exception e)
            {
                fault = e;
            }

            (fault is null or InvalidDataException).ShouldBeTrue($"seed {seed}: {fault}");
        }
    }

    [Fact]
    public void Texts_that_would_repeat_too_much_take_no_memory()
    {
        const int Count = 10_000;
        var lengths = new long[Count];
        lengths[0] = 60_000;
        var prefixes = new long[Count];
        Array.Fill(prefixes, 60_000, 1, Count - 1);
        var output = new ByteBuffer();
        DeltaEncoder.Write(prefixes, output);
        DeltaEncoder.Write(lengths, output);
        output.Write(new byte[60_000]);
        var body = output.Written.ToArray();
        var values = new TextPageValues(new ColumnSchema("t", ColumnKind.Utf8), Count, 1 << 22);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<InvalidDataException>(() => values.ReadPage(PageEncoding.DeltaByteArray, body, 0, Count, 0));
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 20);
    }

    static byte[] DeltaBytes(string[] texts, Random random)
    {
        var bytes = texts.Select(Encoding.UTF8.GetBytes).ToArray();
        var prefixes = new long[bytes.Length];
        for (var i = 1; i < bytes.Length; i++)
            prefixes[i] = bytes[i].AsSpan().CommonPrefixLength(bytes[i - 1]) / random.Next(1, 3);
        var output = new ByteBuffer();
        DeltaEncoder.Write(prefixes, output);
        DeltaEncoder.Write([.. bytes.Select((text, i) => text.Length - prefixes[i])], output);
        for (var i = 0; i < bytes.Length; i++)
            output.Write(bytes[i].AsSpan((int)prefixes[i]));
        return output.Written.ToArray();
    }
}
