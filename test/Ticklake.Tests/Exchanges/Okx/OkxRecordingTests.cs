using System.Text;
using System.Text.Json;
using Shouldly;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Okx;
using Xunit;

namespace Ticklake.Tests.Exchanges.Okx;

/// <summary>Every frame of the real recordings is understood.</summary>
public sealed class OkxRecordingTests
{
    readonly IFrameDecoder _decoder = new OkxExchange().CreateDecoder(OkxExchange.Spot, DecoderOptions.Default);
    readonly EventLog _log = new();

    [Fact]
    public void The_recording_with_live_checksums_decodes_wholly()
    {
        foreach (var (frame, _) in RecordedFrames.Cryptofeed("okx/books_checksum_BTC-USDT_20220513.jsonl.gz"))
            _decoder.Decode(frame, _log).ShouldBe(FrameVerdict.Decoded, Encoding.UTF8.GetString(frame));
        Count("book ").ShouldBe(98);
        Count("checksum ").ShouldBe(98);
        Count("trade ").ShouldBe(69);
        Count("ticker ").ShouldBe(25);
        Count("notice Subscribed").ShouldBe(6);
        Count("open ").ShouldBe(3, "a stream asked for twice is opened once");
    }

    [Fact]
    public void Frames_of_2026_have_ids_and_no_checksum()
    {
        foreach (var line in RecordedFrames.Lines("okx/live_frames_2026.jsonl"))
            _decoder.Decode(Encoding.UTF8.GetBytes(line), _log).ShouldBe(FrameVerdict.Decoded, line);
        Count("book ").ShouldBe(7);
        Count("checksum ").ShouldBe(0);
        _log.Lines.ShouldContain(
            line => line.StartsWith("book ") && line.EndsWith("last=81625399057 prev=81625399056 batch=-"));
    }

    [Fact]
    public void Messages_of_another_projects_tests_are_understood()
    {
        foreach (var file in new[] { "okx/crypto_msg_parser_okx.jsonl", "okx/crypto_msg_parser_okx_v3.jsonl" })
        {
            foreach (var line in RecordedFrames.Lines(file))
            {
                using var row = JsonDocument.Parse(line);
                var message = row.RootElement.GetProperty("msg").GetRawText();
                _decoder.Decode(Encoding.UTF8.GetBytes(message), _log).ShouldNotBe(FrameVerdict.Malformed, line);
            }
        }

        Count("candle ").ShouldBeGreaterThan(5);
        Count("best ").ShouldBeGreaterThan(5);
        Count("depth ").ShouldBeGreaterThan(4);
    }

    int Count(string start) => _log.Lines.Count(line => line.StartsWith(start, StringComparison.Ordinal));
}
