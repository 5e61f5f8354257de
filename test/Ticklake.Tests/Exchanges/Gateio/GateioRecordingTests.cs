using System.Text;
using System.Text.Json;
using Shouldly;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Gateio;
using Xunit;

namespace Ticklake.Tests.Exchanges.Gateio;

/// <summary>Every frame of the real recordings decodes and chains.</summary>
public sealed class GateioRecordingTests
{
    [Fact]
    public void Five_pairs_of_2021_decode_and_chain()
    {
        var decoder = NewDecoder();
        var counts = new EventCounts();
        foreach (var (frame, path) in RecordedFrames.Cryptofeed("gateio/spot_v4_5pairs_20210422.jsonl"))
        {
            var verdict = path is null
                ? decoder.Decode(frame, counts)
                : decoder.DecodeAnswer(Encoding.UTF8.GetBytes(path), 200, frame, counts);
            // The one candle with a volume does not say how much of the base it is.
            var isVolumeUnknown = Encoding.UTF8.GetString(frame).Contains("\"v\":\"0.0", StringComparison.Ordinal);
            verdict.ShouldBe(isVolumeUnknown ? FrameVerdict.Ignored : FrameVerdict.Decoded, decoder.LastFault);
        }

        (counts.BookSnapshots, counts.Books, counts.Tickers, counts.Candles, counts.Trades).ShouldBe((5, 99, 14, 5, 5));
        counts.UpdateIdBreaks.ShouldBe(0);
    }

    [Fact]
    public void Spot_messages_of_2026_are_understood()
    {
        foreach (var line in RecordedFrames.Lines("gateio/bytex_live_frames_20260925.jsonl"))
        {
            if (!line.Contains("\"event\":\"update\"", StringComparison.Ordinal))
                continue;
            NewDecoder().Decode(Encoding.UTF8.GetBytes(line), new EventLog()).ShouldBe(
                line.Contains("\"channel\":\"spot.", StringComparison.Ordinal) ? FrameVerdict.Decoded : FrameVerdict.Ignored,
                line);
        }
    }

    [Fact]
    public void Spot_messages_of_another_projects_tests_are_understood()
    {
        foreach (var line in RecordedFrames.Lines("gateio/crypto_msg_parser_gate.jsonl"))
        {
            using var row = JsonDocument.Parse(line);
            var message = row.RootElement.GetProperty("msg");
            // Lists and messages without a channel are of other markets or of version 3.
            if (message.ValueKind != JsonValueKind.Object || !message.TryGetProperty("channel", out var channel))
                continue;
            var verdict = NewDecoder().Decode(Encoding.UTF8.GetBytes(message.GetRawText()), new EventLog());
            verdict.ShouldBe(
                channel.GetString()!.StartsWith("spot.", StringComparison.Ordinal) ? FrameVerdict.Decoded : FrameVerdict.Ignored,
                line);
        }
    }

    static IFrameDecoder NewDecoder() => new GateioExchange().CreateDecoder(GateioExchange.Spot, DecoderOptions.Default);
}
