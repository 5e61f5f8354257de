using System.Text;
using System.Text.Json;
using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Binance;
using Xunit;

namespace Ticklake.Tests.Exchanges.Binance;

/// <summary>Every frame of the real recordings decodes and chains.</summary>
public sealed class BinanceRecordingTests
{
    static readonly MarketId Market = BinanceExchange.Spot;

    [Fact]
    public void A_recording_over_midnight_decodes_wholly_and_chains()
    {
        var decoder = new BinanceExchange().CreateDecoder(Market, DecoderOptions.Default);
        var counts = new EventCounts();
        var total = 0;
        var undecoded = 0;
        foreach (var day in new[] { "20240808", "20240809" })
        {
            foreach (var frame in RecordedFrames.HftBacktest($"binance_spot/hftbacktest_spot_btcusdt_{day}.gz"))
            {
                total++;
                var isAnswer = frame.AsSpan().StartsWith("{\"lastUpdateId\""u8);
                var verdict = isAnswer
                    ? decoder.DecodeAnswer("/api/v3/depth?symbol=BTCUSDT&limit=1000"u8, 200, frame, counts)
                    : decoder.Decode(frame, counts);
                undecoded += verdict == FrameVerdict.Decoded ? 0 : 1;
            }
        }

        undecoded.ShouldBe(0);
        total.ShouldBe(99_574);
        counts.BookSnapshots.ShouldBe(1);
        (counts.Books + counts.BookTickers + counts.Trades).ShouldBe(99_573);
        counts.UpdateIdBreaks.ShouldBe(0);
        counts.TradeIdBreaks.ShouldBe(0);
        counts.Streams.Select(stream => stream.ToString()).Order().ShouldBe(
            ["binance/spot/book_ticker/BTCUSDT", "binance/spot/books/BTCUSDT", "binance/spot/trades/BTCUSDT"]);
    }

    [Fact]
    public void Four_pairs_of_2021_decode_and_chain()
    {
        var decoder = new BinanceExchange().CreateDecoder(Market, DecoderOptions.Default);
        var counts = new EventCounts();
        const string Recording = "binance_spot/cryptofeed_binance_spot_20211012.jsonl.gz";
        foreach (var (frame, path) in RecordedFrames.Cryptofeed(Recording))
        {
            if (path is null)
                decoder.Decode(frame, counts).ShouldBe(FrameVerdict.Decoded, decoder.LastFault);
            else
                decoder.DecodeAnswer(Encoding.UTF8.GetBytes(path), 200, frame, counts)
                    .ShouldBe(path.Contains("/depth?") ? FrameVerdict.Decoded : FrameVerdict.Ignored);
        }

        counts.BookSnapshots.ShouldBe(4);
        (counts.Books + counts.BookTickers + counts.Trades + counts.Candles).ShouldBe(265);
        counts.UpdateIdBreaks.ShouldBe(0);
        counts.TradeIdBreaks.ShouldBe(0);
    }

    [Fact]
    public void Spot_messages_of_another_projects_tests_are_understood()
    {
        foreach (var line in RecordedFrames.Lines("binance_spot/crypto_msg_parser_binance.jsonl"))
        {
            using var row = JsonDocument.Parse(line);
            var name = row.RootElement.GetProperty("test").GetString()!;
            var decoder = new BinanceExchange().CreateDecoder(Market, DecoderOptions.Default);
            var frame = Encoding.UTF8.GetBytes(row.RootElement.GetProperty("msg").GetRawText());
            // Futures send other shapes under the same stream names; they are another market.
            var verdict = decoder.Decode(frame, new EventLog());
            if (name.EndsWith("::spot", StringComparison.Ordinal))
                verdict.ShouldNotBe(FrameVerdict.Malformed, line);
        }
    }
}
