using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Shouldly;
using Ticklake.Core.Events;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Mexc;
using Xunit;

namespace Ticklake.Tests.Exchanges.Mexc;

/// <summary>Every frame of the real recordings decodes.</summary>
public sealed class MexcRecordingTests
{
    [Fact]
    public void A_connection_of_2025_decodes_wholly()
    {
        var decoder = NewDecoder();
        var log = new EventLog();
        foreach (var line in RecordedFrames.Lines("mexc/frames_first71_20251002.jsonl"))
        {
            using var row = JsonDocument.Parse(line);
            decoder.Decode(Frame(row.RootElement), log).ShouldBe(FrameVerdict.Decoded, line + decoder.LastFault);
        }

        log.Notices.Count(n => n.Kind == NoticeKind.Pong).ShouldBe(2);
        log.Notices.Count(n => n.Kind == NoticeKind.Subscribed).ShouldBe(10);
        log.Notices.Count(n => n.Kind == NoticeKind.Refused).ShouldBe(20);
        log.Lines.Count(l => l.StartsWith("trade ", StringComparison.Ordinal)).ShouldBeGreaterThanOrEqualTo(39);
        // Ids came in June 2026.
        log.Lines.Where(l => l.StartsWith("trade ", StringComparison.Ordinal)).ShouldAllBe(l => l.Contains(" id= mts="));
    }

    [Fact]
    public void Single_frames_of_2026_decode_to_what_their_captors_read()
    {
        var log = new EventLog();
        foreach (var line in RecordedFrames.Lines("mexc/frames_protobuf_2026_a.jsonl"))
        {
            using var row = JsonDocument.Parse(line);
            NewDecoder().Decode(Frame(row.RootElement), log).ShouldBe(FrameVerdict.Decoded, line);
        }

        var text = log.ToString();
        text.ShouldContain("best 0 seq=82164153436 time=1790281240471000 bid=84270 x 0.006387 ask=84270.01 x 5.42169969 id=82164153436");
        text.ShouldContain("id=731901896985399296X0_731901896985399297X0");
        text.ShouldContain("depth 2 seq=82164155643");
        text.ShouldContain("candle 3 ");
    }

    [Fact]
    public void Messages_of_another_projects_tests_are_understood()
    {
        var decoder = NewDecoder();
        var decoded = 0;
        foreach (var line in RecordedFrames.Lines("mexc/tardis_node_mapper_messages.jsonl"))
        {
            using var row = JsonDocument.Parse(line);
            var message = row.RootElement.GetProperty("msg");
            // That project's own additions and futures are no spot frames.
            if (message.TryGetProperty("generated", out _) || !message.TryGetProperty("channel", out var channel)
                || !channel.GetString()!.StartsWith("spot@", StringComparison.Ordinal))
                continue;
            var frame = JsonParser.Default.Parse<PushWrapper>(message.GetRawText()).ToByteArray();
            var log = new EventLog();
            var verdict = decoder.Decode(frame, log);
            verdict.ShouldBe(message.EnumerateObject().Count() > 3 ? FrameVerdict.Decoded : FrameVerdict.Ignored, line);
            decoded += verdict == FrameVerdict.Decoded ? 1 : 0;
        }

        decoded.ShouldBeGreaterThan(10);
    }

    static byte[] Frame(JsonElement row) => row.TryGetProperty("hex", out var hex)
        ? Convert.FromHexString(hex.GetString()!)
        : Encoding.UTF8.GetBytes(row.GetProperty("data").GetString()!);

    static IFrameDecoder NewDecoder() => new MexcExchange().CreateDecoder(MexcExchange.Spot, DecoderOptions.Default);
}
