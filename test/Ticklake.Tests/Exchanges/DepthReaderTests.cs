using System.Text;
using Shouldly;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Xunit;

namespace Ticklake.Tests.Exchanges;

/// <summary>Order books by REST: the documented answers, requests and what may be compared.</summary>
public sealed class DepthReaderTests
{
    public static TheoryData<string, string, string, string> Documented => new()
    {
        {
            "binance/spot", "/api/v3/depth?symbol=BTCUSDT&limit=100 5",
            """{"lastUpdateId":1027024,"bids":[["4.00","431.0"]],"asks":[["4.02","12.0"]]}""", "1027024 - -"
        },
        {
            "binance/usdm", "/fapi/v1/depth?symbol=BTCUSDT&limit=100 5",
            """{"lastUpdateId":1027024,"E":1589436922972,"T":1589436922959,"bids":[["4.00","431.0"]],"asks":[["4.02","12.0"]]}""",
            "1027024 - 1589436922959000"
        },
        {
            "gateio/spot", "/api/v4/spot/order_book?currency_pair=BTCUSDT&limit=100&with_id=true 1",
            """{"id":123456,"current":1623898993123,"update":1623898993121,"asks":[["4.02","12.0"]],"bids":[["4.00","431.0"]]}""",
            "123456 - 1623898993121000"
        },
        {
            "mexc/spot", "/api/v3/depth?symbol=BTCUSDT&limit=100 3",
            """{"lastUpdateId":81721676217,"bids":[["4.00","431.0"]],"asks":[["4.02","12.0"]],"timestamp":1791365004123}""",
            "81721676217 - 1791365004123000"
        },
        {
            "bybit/linear", "/v5/market/orderbook?category=linear&symbol=BTCUSDT&limit=100 1",
            """{"retCode":0,"retMsg":"OK","result":{"s":"BTCUSDT","a":[["4.02","12.0"]],"b":[["4.00","431.0"]],"ts":1716863719031,"u":230704,"seq":1432604333,"cts":1716863718905},"retExtInfo":{},"time":1716863719382}""",
            "230704 1432604333 1716863719031000"
        },
        {
            "okx/spot", "/api/v5/market/books?instId=BTCUSDT&sz=100 1",
            """{"code":"0","msg":"","data":[{"asks":[["4.02","12.0","0","4"]],"bids":[["4.00","431.0","0","7"]],"ts":"1790000000123","seqId":50100200300}]}""",
            "50100200300 - 1790000000123000"
        },
        {
            "upbit/spot", "/v1/orderbook?markets=BTCUSDT&level=0&count=30 1",
            """[{"market":"BTCUSDT","timestamp":1765084406964,"total_ask_size":12.0,"total_bid_size":431.0,"orderbook_units":[{"ask_price":4.02,"bid_price":0.4E1,"ask_size":12,"bid_size":4.31E2},{"ask_price":0,"bid_price":0.0,"ask_size":0,"bid_size":0.0}],"level":0}]""",
            "- - 1765084406964000"
        },
        {
            "bitfinex/spot", "/v2/book/BTCUSDT/P0?len=100 1", "[[4.00,7,431],[4.02,2,-12.0]]", "- - -"
        },
        {
            "coinbase/spot", "/api/v3/brokerage/market/product_book?product_id=BTCUSDT&limit=100 1",
            """{"pricebook":{"product_id":"BTC-USD","bids":[{"price":"4","size":"431.0"}],"asks":[{"price":"4.02","size":"12"}],"time":"2026-04-07T00:28:59.662782Z"},"last":"4.01","mid_market":"4.01","spread_bps":"49.8","spread_absolute":"0.02"}""",
            "- - 1775521739662782"
        },
    };

    [Theory]
    [MemberData(nameof(Documented))]
    public void A_documented_answer_is_read(string market, string request, string body, string expected)
    {
        var reader = ReaderOf(market);

        var asked = reader.RequestFor("BTCUSDT", reader.PresetLevels);
        $"{asked.PathAndQuery} {asked.Weight}".ShouldBe(request);
        reader.TryRead(Encoding.UTF8.GetBytes(body), out var answer).ShouldBeTrue();
        $"{Text(answer.LastUpdateId)} {Text(answer.Sequence)} {Text(answer.TimeUs)}".ShouldBe(expected);
        reader.Levels.ToArray().Select(l => $"{l.Side} {l.Price} {l.Amount}").ShouldBe(["Bid 4 431", "Ask 4.02 12"]);
    }

    [Theory]
    [MemberData(nameof(Documented))]
    public void What_is_no_book_is_refused_wherever_it_is_cut(string market, string request, string body, string expected)
    {
        var reader = ReaderOf(market);
        for (var length = 0; length < body.Length; length++)
            reader.TryRead(Encoding.UTF8.GetBytes(body[..length]), out _).ShouldBeFalse($"{request} {expected} cut at {length}");
        reader.TryRead("""{"code":700003,"msg":"busy"}"""u8, out _).ShouldBeFalse("an error in the place of a book");
        reader.TryRead("""{"code":"51001","msg":"no","data":[]}"""u8, out _).ShouldBeFalse();
        reader.TryRead("[]"u8, out _).ShouldBeFalse();
        reader.TryRead(Encoding.UTF8.GetBytes(body), out _).ShouldBeTrue("and the next one is read again");
    }

    [Theory]
    [InlineData("upbit/spot", """[{"orderbook_units":[],"level":1000}]""", "prices are grouped")]
    [InlineData("upbit/spot", """[{"timestamp":1765084406964,"level":0}]""", "no units")]
    [InlineData("upbit/spot", """[{"orderbook_units":[]},{"orderbook_units":[]}]""", "two books")]
    [InlineData("upbit/spot", """[{"orderbook_units":[{"ask_price":-4,"ask_size":1}]}]""", "a negative price")]
    [InlineData("upbit/spot", """{"error":{"name":404,"message":"Code not found"}}""", "an error")]
    [InlineData("bitfinex/spot", "[[4.00,0,1]]", "a deletion")]
    [InlineData("bitfinex/spot", "[[4.02,2,-12],[4.00,1,431]]", "asks first")]
    [InlineData("bitfinex/spot", "[4.00,1,431]", "a level alone")]
    [InlineData("bitfinex/spot", "[[4.00,1,431]]]", "more behind it")]
    [InlineData("bitfinex/spot", """["error",10020,"symbol: invalid"]""", "an error")]
    [InlineData("coinbase/spot", """{"pricebook":{"bids":[]}}""", "one side")]
    [InlineData("coinbase/spot", """{"pricebook":{"bids":[{"price":"4"}],"asks":[]}}""", "a level without size")]
    [InlineData("coinbase/spot", """{"pricebook":{"bids":[{}],"asks":[]}}""", "a level without members")]
    [InlineData("coinbase/spot", """{"pricebook":{"bids":[["4","1"]],"asks":[]}}""", "levels of another form")]
    [InlineData("coinbase/spot", """{"pricebook":{"bids":[{"price":"4","size":"-1"}],"asks":[]}}""", "a negative size")]
    [InlineData("coinbase/spot", """{"pricebook":{"bids":[],"asks":[],"time":"yesterday"}}""", "no time")]
    public void What_is_not_as_documented_is_refused(string market, string body, string why) =>
        ReaderOf(market).TryRead(Encoding.UTF8.GetBytes(body), out _).ShouldBeFalse(why);

    [Fact]
    public void Only_what_is_documented_to_count_alike_is_compared()
    {
        Compared("binance/spot", "").ShouldBe("/api/v3/depth?symbol=X&limit=1000");
        Compared("bybit/spot", "50").ShouldBe("/v5/market/orderbook?category=spot&symbol=X&limit=50");
        Compared("okx/swap", "").ShouldBe("/api/v5/market/books?instId=X&sz=400");
        Compared("gateio/spot", "100").ShouldBe("/api/v4/spot/order_book?currency_pair=X&limit=100&with_id=true");
        Compared("gateio/spot", "").ShouldBeNull("order book V2");
        Compared("bitfinex/spot", "").ShouldBeNull("no number");
        Compared("coinbase/spot", "").ShouldBeNull("no number");
        Compared("upbit/spot", "").ShouldBeNull("every frame is whole");
        ReaderOf("okx/spot").ComparisonFor(new StreamKey(MarketOf("okx/spot"), Channel.Trades, "X")).ShouldBeNull();
    }

    [Fact]
    public void Levels_that_are_not_answered_with_are_refused_in_words()
    {
        ReaderOf("binance/usdm").FaultOf(100).ShouldBeNull();
        ReaderOf("binance/usdm").FaultOf(25).ShouldBe("Binance USD-M answers with 5, 10, 20, 50, 100, 500, 1000 levels a side");
        ReaderOf("okx/spot").FaultOf(401).ShouldBe("OKX answers with 1 to 400 levels a side");
        ReaderOf("upbit/spot").FaultOf(31).ShouldBe("Upbit answers with 1 to 30 levels a side");
        ReaderOf("bitfinex/spot").FaultOf(50).ShouldBe("Bitfinex answers with 1, 25, 100, 250 levels a side");
        foreach (var market in ExchangeCatalog.All.SelectMany(e => e.Markets))
        {
            var reader = ReaderOf(market.ToString());
            reader.FaultOf(reader.PresetLevels).ShouldBeNull(market.ToString());
        }
    }

    static string? Compared(string market, string variant) => ReaderOf(market)
        .ComparisonFor(new StreamKey(MarketOf(market), Channel.Books, "X", variant))?.PathAndQuery;

    static IDepthReader ReaderOf(string market) =>
        ExchangeCatalog.Find(market.Split('/')[0])!.CreateDepthReader(MarketOf(market)).ShouldNotBeNull();

    static MarketId MarketOf(string market) => new(market.Split('/')[0], market.Split('/')[1]);

    static string Text(long number) =>
        number == EventStamp.None ? "-" : number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
