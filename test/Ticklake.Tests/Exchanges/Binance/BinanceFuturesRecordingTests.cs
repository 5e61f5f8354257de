using System.Text;
using System.Text.Json;
using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Binance;
using Xunit;

namespace Ticklake.Tests.Exchanges.Binance;

/// <summary>Every frame of the real recordings of futures decodes, and each update names the one before.</summary>
public sealed class BinanceFuturesRecordingTests
{
    [Theory]
    [InlineData("usdm", "/fapi/v1/depth?symbol=BTCUSDT", 93_954, 1, "binance_usdm/hftbacktest_usdm_btcusdt_20240808.gz")]
    [InlineData("coinm", "/dapi/v1/depth?symbol=BTCUSD_PERP", 98_386, 1,
        "binance_coinm/hftbacktest_cm_btcusd_perp_20240808.gz", "binance_coinm/hftbacktest_cm_btcusd_perp_20240809.gz")]
    public void A_recording_decodes_wholly_and_chains(
        string market, string path, int messages, int snapshots, params string[] files)
    {
        var decoder = Decoder(market);
        var counts = new EventCounts();
        var (total, undecoded) = (0, 0);
        foreach (var frame in files.SelectMany(RecordedFrames.HftBacktest))
        {
            total++;
            var isAnswer = frame.AsSpan().StartsWith("{\"lastUpdateId\""u8);
            var verdict = isAnswer
                ? decoder.DecodeAnswer(Encoding.UTF8.GetBytes(path), 200, frame, counts)
                : decoder.Decode(frame, counts);
            undecoded += verdict == FrameVerdict.Decoded ? 0 : 1;
        }

        undecoded.ShouldBe(0);
        total.ShouldBe(messages);
        counts.BookSnapshots.ShouldBe(snapshots);
        (counts.Books + counts.BookTickers + counts.Trades).ShouldBe(messages - snapshots);
        counts.LinkBreaks.ShouldBe(0);
        counts.UpdateIdBreaks.ShouldBeGreaterThan(0, "U is not the last u + 1 on futures");
        counts.TradeIdBreaks.ShouldBe(0);
    }

    [Fact]
    public void Four_contracts_of_2021_decode_and_chain()
    {
        var decoder = Decoder("usdm");
        var counts = new EventCounts();
        foreach (var (frame, path) in RecordedFrames.Cryptofeed("binance_usdm/cryptofeed_binance_usdm_20210722.jsonl.gz"))
        {
            if (path is null)
                decoder.Decode(frame, counts).ShouldBe(FrameVerdict.Decoded, decoder.LastFault);
            else
                decoder.DecodeAnswer(Encoding.UTF8.GetBytes(path), 200, frame, counts)
                    .ShouldBe(path.Contains("/depth?") ? FrameVerdict.Decoded : FrameVerdict.Ignored);
        }

        counts.BookSnapshots.ShouldBe(4);
        counts.LinkBreaks.ShouldBe(0);
        counts.TradeIdBreaks.ShouldBe(0);
        counts.Streams.Count.ShouldBe(16);
    }

    [Fact]
    public void Futures_messages_of_another_projects_tests_are_understood()
    {
        foreach (var line in RecordedFrames.Lines("binance_spot/crypto_msg_parser_binance.jsonl"))
        {
            using var row = JsonDocument.Parse(line);
            var name = row.RootElement.GetProperty("test").GetString()!;
            if (name.EndsWith("::spot", StringComparison.Ordinal))
                continue;
            var decoder = Decoder(name.Contains("::inverse", StringComparison.Ordinal) ? "coinm" : "usdm");
            var frame = Encoding.UTF8.GetBytes(row.RootElement.GetProperty("msg").GetRawText());
            decoder.Decode(frame, new EventLog()).ShouldNotBe(FrameVerdict.Malformed, line);
        }
    }

    static IFrameDecoder Decoder(string market) =>
        new BinanceExchange().CreateDecoder(new MarketId("binance", market), DecoderOptions.Default);
}
