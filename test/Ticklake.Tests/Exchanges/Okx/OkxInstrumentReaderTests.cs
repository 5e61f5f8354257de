using Shouldly;
using Ticklake.Exchanges.Okx;
using Xunit;

namespace Ticklake.Tests.Exchanges.Okx;

public sealed class OkxInstrumentReaderTests
{
    [Fact]
    public void Coins_name_base_and_quote()
    {
        var reader = new OkxInstrumentReader(OkxExchange.Spot);
        reader.Next!.PathAndQuery.ShouldBe("/api/v5/public/instruments?instType=SPOT");
        reader.Take("""
            {"code":"0","msg":"","data":[{"instId":"BTC-USDT","instType":"SPOT","baseCcy":"BTC","quoteCcy":"USDT","uly":"","ctVal":"",
            "ctType":"","tickSz":"0.1","lotSz":"0.00000001","state":"live"}]}
            """u8).ShouldBeNull();
        var instrument = reader.Instruments.ShouldHaveSingleItem();
        (instrument.Pair, instrument.Kind, instrument.Status, instrument.TickSize.ToString())
            .ShouldBe(("BTC-USDT", "spot", "live", "0.1"));
        instrument.ContractSize.IsNone.ShouldBeTrue();
    }

    [Theory]
    [InlineData("linear", "0.01", "0.01")]
    [InlineData("inverse", "100", null)]
    public void Contracts_name_their_underlying_and_linear_ones_their_size(string type, string value, string? size)
    {
        var reader = new OkxInstrumentReader(OkxExchange.Swap);
        var answer = $$"""
            {"data":[{"instId":"BTC-USD-SWAP","baseCcy":"","quoteCcy":"","uly":"BTC-USD","ctVal":"{{value}}","ctType":"{{type}}",
            "tickSz":"0.1","lotSz":"1","state":"live"}]}
            """;
        reader.Take(System.Text.Encoding.UTF8.GetBytes(answer)).ShouldBeNull();
        var instrument = reader.Instruments.ShouldHaveSingleItem();
        (instrument.Pair, instrument.Kind).ShouldBe(("BTC-USD", "perpetual"));
        (instrument.ContractSize.IsNone ? null : instrument.ContractSize.ToString()).ShouldBe(size);
    }
}
