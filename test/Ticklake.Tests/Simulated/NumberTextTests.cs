using System.Text;
using Shouldly;
using Ticklake.Simulator.Bitfinex;
using Ticklake.Simulator.Transport;
using Xunit;

namespace Ticklake.Tests.Simulated;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData(0, 8, "0")]
    [InlineData(64210, 0, "64210")]
    [InlineData(150, 2, "1.5")]
    [InlineData(-5, 1, "-0.5")]
    [InlineData(110, 8, "0.0000011")]
    [InlineData(100, 8, "0.000001")]
    [InlineData(70, 8, "7e-7")]
    [InlineData(99, 8, "9.9e-7")]
    [InlineData(-8, 8, "-8e-8")]
    [InlineData(35000000001, 8, "350.00000001")]
    [InlineData(1, -21, "1e+21")]
    [InlineData(1, -20, "100000000000000000000")]
    public void Decimals_are_written_as_javascript_does(long mantissa, int scale, string text) =>
        Encoding.ASCII.GetString(new Utf8Text().Number(mantissa, scale).Written).ShouldBe(text);

    [Theory]
    [InlineData(43.358118629999986, "43.358118629999986")]
    [InlineData(0.1 + 0.2, "0.30000000000000004")]
    [InlineData(-0.0085, "-0.0085")]
    [InlineData(4.5e-7, "4.5e-7")]
    [InlineData(64210.0, "64210")]
    public void Floats_keep_their_shortest_round_trip_digits(double value, string text) =>
        Encoding.ASCII.GetString(new Utf8Text().Number(value).Written).ShouldBe(text);

    [Theory]
    [InlineData(6421001, 2, "64210.01000000")]
    [InlineData(150000, 8, "0.00150000")]
    [InlineData(-1, 8, "-0.00000001")]
    public void Binance_writes_eight_decimals(long mantissa, int scale, string text) =>
        Encoding.ASCII.GetString(new Utf8Text().Decimals(mantissa, scale, 8).Written).ShouldBe(text);

    [Fact]
    public void The_worked_checksums_of_the_protocol_come_out()
    {
        // bitfinex.md section 5.3: A (plain), B (exponents), C (raw book, keys are order ids).
        BitfinexChecksum.Compute(
            [new(64210, 0, 75_000_000), new(64209, 0, 120_000_000), new(64205, 0, 3_141_592)],
            [new(64211, 0, -50_000_000), new(642125, 1, -225_000_000), new(64220, 0, -1_000_000_000)])
            .ShouldBe(-1388583698);
        BitfinexChecksum.Compute(
            [new(110, 8, 150_050_000_000), new(100, 8, 2_000_000_000_000), new(99, 8, 35_000_000_001),
                new(70, 8, 1_200_000_000)],
            [new(112, 8, -4_000_000_000), new(120, 8, -8)])
            .ShouldBe(-1983737170);
        BitfinexChecksum.Compute(
            [new(91820001, 0, 50_000_000), new(91820007, 0, 25_000_000), new(91819000, 0, 120_000_000)],
            [new(91820003, 0, -50_000_000), new(91820010, 0, -100_000_000), new(91820012, 0, -125_000_000)])
            .ShouldBe(-1456609725);
    }
}
