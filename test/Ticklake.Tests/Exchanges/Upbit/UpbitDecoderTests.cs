using Shouldly;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Upbit;
using Xunit;

namespace Ticklake.Tests.Exchanges.Upbit;

public sealed class UpbitDecoderTests
{
    [Theory]
    [InlineData("default")]
    [InlineData("simple")]
    [InlineData("odd")]
    [InlineData("answers")]
    [InlineData("malformed")]
    public void It_writes_what_was_approved(string session) =>
        FixtureFrames.ShouldDecodeAsApproved(NewDecoder(), "Upbit", session);

    [Fact]
    public void Long_and_short_names_give_the_same_streams()
    {
        var decoder = NewDecoder();
        var log = new EventLog();
        decoder.Decode("""{"type":"ticker","code":"KRW-BTC","trade_price":1,"timestamp":1765084407061}"""u8, log);
        decoder.Decode("""{"ty":"ticker","cd":"KRW-BTC","tp":1,"tms":1765084407061}"""u8, log);
        log.Streams.ShouldHaveSingleItem();
        log.Lines[1].ShouldBe(log.Lines[2]);
    }

    [Fact]
    public void Candles_of_one_market_are_a_stream_for_each_length()
    {
        var decoder = NewDecoder();
        var log = new EventLog();
        foreach (var type in new[] { "1s", "1m", "240m", "1m" })
        {
            decoder.Decode(
                System.Text.Encoding.UTF8.GetBytes($$"""
                    {"type":"candle.{{type}}","code":"KRW-BTC","candle_date_time_utc":"2026-09-06T10:11:00","opening_price":1,"high_price":1,"low_price":1,"trade_price":1,"candle_acc_trade_volume":1}
                    """),
                log).ShouldBe(FrameVerdict.Decoded);
        }

        log.Streams.Select(s => s.Variant).ShouldBe(["1s", "1m", "240m"]);
    }

    [Fact]
    public void Rest_answers_of_other_recorders_bring_nothing()
    {
        var log = new EventLog();
        NewDecoder().DecodeAnswer("/v1/market/all"u8, 200, "[]"u8, log).ShouldBe(FrameVerdict.Ignored);
        log.Lines.ShouldBeEmpty();
    }

    static IFrameDecoder NewDecoder() => new UpbitExchange().CreateDecoder(UpbitExchange.Spot, DecoderOptions.Default);
}
