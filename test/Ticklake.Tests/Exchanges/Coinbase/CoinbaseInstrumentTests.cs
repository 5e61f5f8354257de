using System.Text;
using Shouldly;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Coinbase;
using Xunit;

namespace Ticklake.Tests.Exchanges.Coinbase;

public sealed class CoinbaseInstrumentTests
{
    readonly IInstrumentReader _reader = new CoinbaseExchange().CreateInstrumentReader(CoinbaseExchange.Spot);

    [Fact]
    public void Products_are_read_with_their_steps_and_flags()
    {
        _reader.Next!.PathAndQuery.ShouldBe("/api/v3/brokerage/market/products?product_type=SPOT&limit=500&offset=0");
        Take("""
            {"products":[
             {"product_id":"BTC-USD","price":"61000","base_increment":"0.00000001","quote_increment":"0.01","price_increment":"0.01","base_currency_id":"BTC","quote_currency_id":"USD","status":"online","trading_disabled":false,"alias":"","alias_to":["BTC-USDC"]},
             {"product_id":"BTC-USDC","base_increment":"0.00000001","quote_increment":"0.01","base_currency_id":"BTC","quote_currency_id":"USDC","status":"online","alias":"BTC-USD","alias_to":[]},
             {"product_id":"USDT-USDC","base_increment":"0.01","quote_increment":"0.00001","base_currency_id":"USDT","quote_currency_id":"USDC","status":"online","trading_disabled":true,"alias":""}
            ],"num_products":3}
            """).ShouldBeNull();
        _reader.Next.ShouldBeNull();
        _reader.Instruments.Select(i => (i.Symbol, i.Pair, i.Status, Tick: i.TickSize.ToString(), Lot: i.LotSize.ToString())).ShouldBe(
        [
            ("BTC-USD", "BTC-USD", "online", "0.01", "0.00000001"),
            ("BTC-USDC", "BTC-USD", "alias", "0.01", "0.00000001"),
            ("USDT-USDC", "USDT-USDC", "trading_disabled", "0.00001", "0.01"),
        ]);
    }

    [Fact]
    public void A_full_page_is_followed_by_the_next()
    {
        Take(Page(500)).ShouldBeNull();
        _reader.Next!.PathAndQuery.ShouldEndWith("&limit=500&offset=500");
        Take(Page(2)).ShouldBeNull();
        _reader.Next.ShouldBeNull();
        _reader.Instruments.Count.ShouldBe(502);
    }

    [Fact]
    public void An_answer_that_is_not_as_documented_is_told() =>
        Take("""{"error":"INVALID_ARGUMENT"}""").ShouldNotBeNull();

    string? Take(string body) => _reader.Take(Encoding.UTF8.GetBytes(body));

    static string Page(int products) => "{\"products\":["
        + string.Join(',', Enumerable.Range(0, products).Select(i =>
            $$"""{"product_id":"C{{i}}-USD","base_currency_id":"C{{i}}","quote_currency_id":"USD","base_increment":"1","price_increment":"1","status":"online"}"""))
        + "]}";
}
