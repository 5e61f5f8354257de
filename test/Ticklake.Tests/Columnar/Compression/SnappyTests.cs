using Shouldly;
using Ticklake.Columnar.Compression;
using Xunit;

namespace Ticklake.Tests.Columnar.Compression;

public sealed class SnappyTests
{
    [Theory]
    [InlineData("00", "")]
    [InlineData("0308616263", "abc")]
    // Literal ab, then a copy of 6 from 2 back, which overlaps itself.
    [InlineData("080461620902", "abababab")]
    [InlineData("0804616216" + "0200", "abababab")]
    [InlineData("0804616217" + "02000000", "abababab")]
    // A literal whose length follows the tag in one byte, and in four.
    [InlineData("03F002616263", "abc")]
    [InlineData("03FC02000000616263", "abc")]
    public void Literals_and_copies_are_joined(string hex, string text)
    {
        var source = Convert.FromHexString(hex);
        Snappy.TryReadLength(source, out var length).ShouldBeTrue();
        var destination = new byte[length];
        Snappy.Decompress(source, destination);
        System.Text.Encoding.ASCII.GetString(destination).ShouldBe(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("80")]
    [InlineData("03")]
    [InlineData("030861")]
    [InlineData("03086162636465")]
    // A copy before anything is there, one from too far back, one from nowhere, one that is cut.
    [InlineData("040104")]
    [InlineData("080461620903")]
    [InlineData("080461620900")]
    [InlineData("0804616209")]
    [InlineData("0804616217020000")]
    // More than was promised, less than was promised, a length of 2^32 - 1.
    [InlineData("040461620902")]
    [InlineData("090461620902")]
    [InlineData("FFFFFFFF0F0061")]
    [InlineData("03FCFFFFFFFF616263")]
    public void Damaged_bytes_are_refused(string hex) => Should.Throw<InvalidDataException>(() =>
    {
        var source = Convert.FromHexString(hex);
        if (!Snappy.TryReadLength(source, out var length))
            throw new InvalidDataException("no length");
        Snappy.Decompress(source, new byte[length]);
    });

    [Fact]
    public void What_a_compressor_may_write_is_read_and_what_chance_writes_never_runs_over()
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            var (source, expected) = Made(random);
            var destination = new byte[expected.Length];
            Snappy.Decompress(source, destination);
            destination.ShouldBe(expected, $"seed {seed}");
            source[random.Next(source.Length)] ^= (byte)(1 << random.Next(8));
            try
            {
                Snappy.Decompress(source, destination);
            }
            catch (InvalidDataException)
            {
                continue;
            }
        }
    }

    // Random literals and copies, and what they stand for.
    static (byte[] Source, byte[] Text) Made(Random random)
    {
        var ops = new List<byte>();
        var text = new List<byte>();
        for (var left = random.Next(1, 40); left > 0; left--)
        {
            if (text.Count == 0 || random.Next(2) == 0)
            {
                var literal = new byte[random.Next(1, 300)];
                random.NextBytes(literal);
                if (literal.Length <= 60)
                    ops.Add((byte)((literal.Length - 1) << 2));
                else
                    ops.AddRange([0xF4, (byte)(literal.Length - 1), (byte)((literal.Length - 1) >> 8)]);
                ops.AddRange(literal);
                text.AddRange(literal);
                continue;
            }

            var distance = random.Next(1, Math.Min(text.Count, 2047) + 1);
            var isShort = random.Next(2) == 0;
            var length = isShort ? random.Next(4, 12) : random.Next(1, 65);
            if (isShort)
                ops.AddRange([(byte)(1 | ((length - 4) << 2) | ((distance >> 8) << 5)), (byte)distance]);
            else
                ops.AddRange([(byte)(2 | ((length - 1) << 2)), (byte)distance, (byte)(distance >> 8)]);
            for (var i = 0; i < length; i++)
                text.Add(text[^distance]);
        }

        var source = new List<byte>();
        for (var rest = text.Count; ; rest >>= 7)
        {
            source.Add((byte)(rest >= 0x80 ? rest | 0x80 : rest));
            if (rest < 0x80)
                break;
        }

        return ([.. source, .. ops], [.. text]);
    }
}
