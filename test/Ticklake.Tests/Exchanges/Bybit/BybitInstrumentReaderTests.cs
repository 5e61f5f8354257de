using System.Text;
using Shouldly;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Bybit;
using Xunit;

namespace Ticklake.Tests.Exchanges.Bybit;

public sealed class BybitInstrumentReaderTests
{
    const string LinearPath = "/v5/market/instruments-info?category=linear&limit=1000";

    [Fact]
    public void Spot_comes_at_once()
    {
        var reader = new BybitExchange().CreateInstrumentReader(BybitExchange.Spot);
        reader.Next!.PathAndQuery.ShouldBe("/v5/market/instruments-info?category=spot");
        Take(reader, Answer("""
            {"symbol":"BTCUSDT","baseCoin":"BTC","quoteCoin":"USDT","status":"Trading","symbolType":"",
             "lotSizeFilter":{"basePrecision":"0.000001","quotePrecision":"0.0000001"},"priceFilter":{"tickSize":"0.1"}}
            """, "")).ShouldBeNull();
        reader.Next.ShouldBeNull();
        var instrument = reader.Instruments.ShouldHaveSingleItem();
        (instrument.Pair, instrument.Kind, instrument.Status).ShouldBe(("BTC-USDT", "spot", "Trading"));
        (instrument.TickSize.ToString(), instrument.LotSize.ToString()).ShouldBe(("0.1", "0.000001"));
    }

    [Fact]
    public void Linear_comes_in_pages()
    {
        var reader = new BybitExchange().CreateInstrumentReader(BybitExchange.Linear);
        reader.Next!.PathAndQuery.ShouldBe(LinearPath);
        Take(reader, Answer(Contract("BTCPERP", "USDC", "LinearPerpetual"), "\"nextPageCursor\":\"a=1\",")).ShouldBeNull();
        reader.Next!.PathAndQuery.ShouldBe(LinearPath + "&cursor=a%3D1");
        Take(reader, Answer(Contract("BTC-24MAR23", "USDC", "LinearFutures"), "\"nextPageCursor\":\"\",")).ShouldBeNull();
        reader.Next.ShouldBeNull();
        reader.Instruments.Select(i => (i.Symbol, i.Pair, i.Kind)).ShouldBe(
            [("BTCPERP", "BTC-USDC", "perpetual"), ("BTC-24MAR23", "BTC-USDC", "future")]);
        reader.Instruments[0].LotSize.ToString().ShouldBe("0.001");
    }

    [Fact]
    public void A_page_that_names_itself_as_the_next_is_the_last()
    {
        var reader = new BybitExchange().CreateInstrumentReader(BybitExchange.Linear);
        var page = Answer(Contract("BTCUSDT", "USDT", "LinearPerpetual"), "\"nextPageCursor\":\"x\",");
        Take(reader, page);
        Take(reader, page);
        reader.Next.ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"retCode":10006,"retMsg":"Too many visits!","result":{},"retExtInfo":{},"time":1}""")]
    [InlineData("access too frequent")]
    [InlineData("""{"retCode":0,"result":{}}""")]
    public void What_is_no_list_is_told(string body) =>
        Take(new BybitExchange().CreateInstrumentReader(BybitExchange.Linear), body).ShouldNotBeNull().ShouldContain(LinearPath);

    static string Contract(string symbol, string quote, string type) => $$$"""
        {"symbol":"{{{symbol}}}","contractType":"{{{type}}}","status":"Trading","baseCoin":"BTC","quoteCoin":"{{{quote}}}",
         "priceFilter":{"tickSize":"0.10"},"lotSizeFilter":{"qtyStep":"0.001"}}
        """;

    static string Answer(string item, string more) => $$$"""
        {"retCode":0,"retMsg":"OK","result":{ {{{more}}}"category":"x","list":[{{{item}}}]},"retExtInfo":{},"time":1}
        """;

    static string? Take(IInstrumentReader reader, string body) => reader.Take(Encoding.UTF8.GetBytes(body));
}
