using Shouldly;
using Ticklake.Exchanges.Mexc;
using Xunit;

namespace Ticklake.Tests.Exchanges.Mexc;

public sealed class MexcInstrumentReaderTests
{
    [Fact]
    public void Base_and_quote_come_from_the_list_and_the_tick_from_the_decimals()
    {
        var reader = new MexcInstrumentReader();
        reader.Next!.PathAndQuery.ShouldBe("/api/v3/exchangeInfo");
        reader.Take("""
            {"timezone":"CST","symbols":[{"symbol":"龙虾USDT","status":"1","baseAsset":"龙虾","quoteAsset":"USDT","quotePrecision":6,
            "baseSizePrecision":"0.01","filters":[]}]}
            """u8).ShouldBeNull();
        reader.Next.ShouldBeNull();
        var instrument = reader.Instruments.ShouldHaveSingleItem();
        (instrument.Symbol, instrument.Pair, instrument.Status).ShouldBe(("龙虾USDT", "龙虾-USDT", "1"));
        (instrument.TickSize.ToString(), instrument.LotSize.ToString()).ShouldBe(("0.000001", "0.01"));
    }

    [Fact]
    public void An_answer_that_is_no_list_is_told() =>
        new MexcInstrumentReader().Take("""{"code":-1121,"msg":"Invalid symbol."}"""u8).ShouldNotBeNull();
}
