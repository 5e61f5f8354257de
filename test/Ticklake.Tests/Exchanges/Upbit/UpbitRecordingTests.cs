using System.Text;
using System.Text.Json;
using Shouldly;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Upbit;
using Xunit;

namespace Ticklake.Tests.Exchanges.Upbit;

/// <summary>Every frame of the real recordings decodes.</summary>
public sealed class UpbitRecordingTests
{
    [Fact]
    public void Binary_frames_with_short_names_of_2021_decode_wholly()
    {
        var decoder = NewDecoder();
        var counts = new EventCounts();
        foreach (var line in RecordedFrames.Lines("upbit/simple_first225_20210417.jsonl"))
        {
            using var row = JsonDocument.Parse(line);
            if (row.RootElement.GetProperty("t").GetString() == "recv")
                decoder.Decode(row.RootElement.GetProperty("b64").GetBytesFromBase64(), counts)
                    .ShouldBe(FrameVerdict.Decoded, decoder.LastFault);
        }

        (counts.Trades, counts.BookSnapshots).ShouldBe((135, 90));
    }

    [Fact]
    public void Frames_of_2026_decode()
    {
        var log = new EventLog();
        var decoder = NewDecoder();
        foreach (var line in RecordedFrames.Lines("upbit/live_frames_20260925.jsonl"))
            decoder.Decode(Encoding.UTF8.GetBytes(line), log).ShouldBe(FrameVerdict.Decoded, line);
        log.Lines.ShouldContain("  Ask 1.15086E8 0.00060539 count=-1");
    }

    [Fact]
    public void Messages_of_another_projects_tests_decode()
    {
        foreach (var line in RecordedFrames.Lines("upbit/tardis_node_mapper_messages.jsonl"))
        {
            using var row = JsonDocument.Parse(line);
            NewDecoder().Decode(Encoding.UTF8.GetBytes(row.RootElement.GetProperty("msg").GetRawText()), new EventLog())
                .ShouldBe(FrameVerdict.Decoded, line);
        }
    }

    static IFrameDecoder NewDecoder() => new UpbitExchange().CreateDecoder(UpbitExchange.Spot, DecoderOptions.Default);
}
