using System.Text;
using Shouldly;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Bybit;
using Xunit;

namespace Ticklake.Tests.Exchanges.Bybit;

public sealed class BybitDecoderTests
{
    [Theory]
    [InlineData("spot")]
    [InlineData("answers")]
    [InlineData("odd")]
    [InlineData("escaped")]
    [InlineData("malformed")]
    public void It_writes_what_was_approved(string session) =>
        FixtureFrames.ShouldDecodeAsApproved(NewDecoder(), "Bybit", session);

    [Fact]
    public void It_writes_what_was_approved_of_linear() =>
        FixtureFrames.ShouldDecodeAsApproved(
            new BybitExchange().CreateDecoder(BybitExchange.Linear, DecoderOptions.Default), "Bybit", "linear");

    [Theory]
    [InlineData("""{"s":"ROSEUSDT","S":"Sell","v":"20000","p":"0.04499"}""")]
    [InlineData("""{"T":1,"s":"ROSEUSDT","v":"20000","p":"0.04499"}""")]
    [InlineData("""{"T":1,"s":"ROSEUSDT","S":"sell","v":"20000","p":"0.04499"}""")]
    [InlineData("""{"T":1,"s":"BTCUSDT","S":"Sell","v":"20000","p":"0.04499"}""")]
    [InlineData("""{"T":1,"s":"ROSEUSDT","S":"Sell","v":"-1","p":"0.04499"}""")]
    [InlineData("""{"T":1,"s":"ROSEUSDT","S":"Sell","v":"1","p":0.04499}""")]
    [InlineData("""{"T":1,"s":"ROSEUSDT","S":"Sell","v":"1","p":"2"},{}""")]
    [InlineData("7")]
    public void A_liquidation_that_is_not_whole_is_malformed(string entries)
    {
        var frame = Encoding.UTF8.GetBytes(
            $$"""{"topic":"allLiquidation.ROSEUSDT","type":"snapshot","ts":1,"data":[{{entries}}]}""");
        var log = new EventLog();
        new BybitExchange().CreateDecoder(BybitExchange.Linear, DecoderOptions.Default).Decode(frame, log)
            .ShouldBe(FrameVerdict.Malformed);
        log.Lines.ShouldBeEmpty();
        NewDecoder().Decode(frame, log).ShouldBe(FrameVerdict.Ignored);
    }

    [Fact]
    public void The_same_topic_is_another_stream_in_each_market()
    {
        var log = new EventLog();
        foreach (var market in new BybitExchange().Markets)
        {
            new BybitExchange().CreateDecoder(market, DecoderOptions.Default).Decode(
                """{"topic":"publicTrade.BTCUSDT","type":"snapshot","ts":1,"data":[]}"""u8, log);
        }

        log.Streams.Select(s => s.Market).ShouldBe([BybitExchange.Spot, BybitExchange.Linear]);
    }

    [Fact]
    public void A_burst_of_a_thousand_trades_is_a_thousand_rows_in_order()
    {
        const int Most = 1024;
        var trades = Enumerable.Range(1, Most).Select(
            i => $$"""{"T":1791365004404,"s":"BTCUSDT","S":"Buy","v":"1","p":"2","i":"{{i}}","seq":9}""");
        var frame = $$"""{"topic":"publicTrade.BTCUSDT","type":"snapshot","ts":1,"data":[{{string.Join(',', trades)}}]}""";
        var log = new EventLog();
        NewDecoder().Decode(Encoding.UTF8.GetBytes(frame), log).ShouldBe(FrameVerdict.Decoded);
        log.Lines.Count.ShouldBe(1 + Most);
        for (var i = 1; i <= Most; i++)
            log.Lines[i].ShouldContain($" id={i} ");
    }

    [Fact]
    public void The_context_of_tickers_is_the_merged_record()
    {
        var decoder = new BybitExchange().CreateDecoder(BybitExchange.Linear, DecoderOptions.Default);
        foreach (var frame in FixtureFrames.Read("Bybit", "linear")[..7])
            decoder.Decode(frame, new EventLog());
        var contexts = decoder.Context();
        contexts.ShouldAllBe(context => context.HasData);
        contexts.Select(context => Encoding.UTF8.GetString(context.Frame)).ShouldBe(
        [
            """{"topic":"tickers.BTCUSDT","type":"snapshot","ts":1786310818283,"cs":753843915310,"data":{"symbol":"BTCUSDT","""
            + "\"lastPrice\":\"65114.10\",\"highPrice24h\":\"65282.30\",\"lowPrice24h\":\"64694.40\",\"price24hPcnt\":\"0.001624\","
            + """
            "volume24h":"17573.9120","ask1Price":"65114.30","ask1Size":"10.488"}}
            """,
            """{"topic":"tickers.ETHUSDT-26DEC25","type":"snapshot","ts":1786310818190,"cs":753843915300,"data":{"symbol":"""
            + "\"ETHUSDT-26DEC25\",\"lastPrice\":\"1922.5\",\"highPrice24h\":\"1930\",\"lowPrice24h\":\"1900\","
            + """
            "volume24h":"12.5","ask1Price":"1922.6","ask1Size":"3"}}
            """,
        ]);
    }

    [Fact]
    public void A_context_is_never_news()
    {
        var decoder = NewDecoder();
        var log = new EventLog();
        decoder.Restore(new DecoderContext("nonsense"u8.ToArray(), HasData: true), log);
        decoder.Restore(new DecoderContext("""{"topic":"tickers.BTCUSDT"}"""u8.ToArray(), HasData: true), log);
        log.Lines.ShouldBeEmpty();
        decoder.Context().ShouldBeEmpty();
    }

    [Fact]
    public void Four_hundred_topics_are_kept_apart()
    {
        var decoder = NewDecoder();
        var log = new EventLog();
        for (var round = 0; round < 2; round++)
        {
            log.Clear();
            for (var i = 0; i < 400; i++)
            {
                var data = $$"""{"s":"X{{i}}USDT","b":[],"a":[["1","2"]],"u":{{1000 + round}}}""";
                decoder.Decode(
                    Encoding.UTF8.GetBytes($$"""{"topic":"orderbook.1.X{{i}}USDT","type":"snapshot","ts":1,"data":{{data}}}"""), log);
            }
        }

        log.Lines.Count.ShouldBe(400);
        for (var i = 0; i < 400; i++)
            log.Lines[i].ShouldStartWith($"best {i} ");
    }

    [Fact]
    public void Rest_answers_are_not_for_it() =>
        NewDecoder().DecodeAnswer("/v5/market/time"u8, 200, "{}"u8, new EventLog()).ShouldBe(FrameVerdict.Ignored);

    [Fact]
    public void A_malformed_first_frame_opens_no_stream()
    {
        var log = new EventLog();
        NewDecoder().Decode("""{"topic":"publicTrade.BTCUSDT","type":"snapshot","ts":1,"data":[{}]}"""u8, log)
            .ShouldBe(FrameVerdict.Malformed);
        log.Streams.ShouldBeEmpty();
    }

    static IFrameDecoder NewDecoder() => new BybitExchange().CreateDecoder(BybitExchange.Spot, DecoderOptions.Default);
}
