using System.Text;
using Shouldly;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Okx;
using Xunit;

namespace Ticklake.Tests.Exchanges.Okx;

public sealed class OkxDecoderTests
{
    const string Books = "\"arg\":{\"channel\":\"books\",\"instId\":\"BTC-USDT\"}";

    readonly IFrameDecoder _decoder = new OkxExchange().CreateDecoder(OkxExchange.Spot, DecoderOptions.Default);
    readonly EventLog _log = new();

    [Theory]
    [InlineData("public")]
    [InlineData("business")]
    [InlineData("odd")]
    [InlineData("text")]
    [InlineData("malformed")]
    public void It_writes_what_was_approved(string session) =>
        FixtureFrames.ShouldDecodeAsApproved(_decoder, "Okx", session);

    [Theory]
    [InlineData("0", false)]
    [InlineData("-1881014294", true)]
    public void A_checksum_is_one_unless_it_is_the_constant_zero(string checksum, bool isWritten)
    {
        Decode($$"""{{{Books}},"action":"update","data":[{"asks":[],"bids":[],"ts":"1","checksum":{{checksum}}}]}""");
        _log.Lines.Any(line => line.StartsWith("checksum 0", StringComparison.Ordinal)).ShouldBe(isWritten);
    }

    [Fact]
    public void The_first_trade_after_an_acknowledgement_is_the_last_one_from_before()
    {
        Decode("""{"event":"subscribe","arg":{"channel":"trades","instId":"BTC-USDT"}}""");
        Trade(7).ShouldEndWith(" snapshot");
        Trade(8).ShouldNotEndWith(" snapshot");
    }

    [Fact]
    public void A_stream_asked_for_twice_goes_on_as_it_was()
    {
        const string Acknowledgement = """{"event":"subscribe","arg":{"channel":"trades","instId":"BTC-USDT"}}""";
        Decode(Acknowledgement);
        Trade(7);
        Decode(Acknowledgement);
        _log.Lines.ShouldHaveSingleItem().ShouldStartWith("notice Subscribed stream=0");
        Trade(8).ShouldNotEndWith(" snapshot");
        Decode(Acknowledgement.Replace("subscribe", "unsubscribe"));
        Decode(Acknowledgement);
        _log.Lines[0].ShouldStartWith("open 0 ");
        Trade(9).ShouldEndWith(" snapshot");
    }

    [Fact]
    public void A_thousand_streams_are_kept_apart()
    {
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 1000; i++)
            {
                var symbol = $"X{i}-USDT-SWAP";
                Decode(
                    $$$"""{"arg":{"channel":"trades","instId":"{{{symbol}}}"},"data":[{"instId":"{{{symbol}}}","tradeId":"{{{i}}}","px":"1","sz":"1","side":"buy","ts":"1"}]}""")
                    .ShouldBe(FrameVerdict.Decoded);
                _log.Lines[^1].ShouldStartWith($"trade {i} seq=- time=1000 id={i} ");
            }
        }
    }

    [Fact]
    public void A_malformed_first_frame_opens_no_stream()
    {
        Decode("""{"arg":{"channel":"trades","instId":"BTC-USDT"},"data":[{"tradeId":"1"}]}""").ShouldBe(FrameVerdict.Malformed);
        _log.Streams.ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_is_asked_for_by_rest() =>
        _decoder.DecodeAnswer("/api/v5/public/instruments"u8, 200, """{"code":"0","data":[]}"""u8, _log)
            .ShouldBe(FrameVerdict.Ignored);

    string Trade(long id)
    {
        Decode(
            $$$"""{"arg":{"channel":"trades","instId":"BTC-USDT"},"data":[{"tradeId":"{{{id}}}","px":"1","sz":"1","side":"buy","ts":"1"}]}""")
            .ShouldBe(FrameVerdict.Decoded);
        return _log.Lines[^1];
    }

    FrameVerdict Decode(string frame)
    {
        _log.Clear();
        return _decoder.Decode(Encoding.UTF8.GetBytes(frame), _log);
    }
}
