using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Bybit;
using Ticklake.Tests.Fixtures;
using Xunit;

namespace Ticklake.Tests.Exchanges.Bybit;

/// <summary>Every frame of the real recordings decodes and chains.</summary>
public sealed partial class BybitRecordingTests
{
    const string Recording = "bybit/v5_linear_20260809.jsonl.gz";

    [Fact]
    public void A_linear_session_of_2026_decodes_wholly_and_chains()
    {
        var decoder = New(BybitExchange.Linear);
        var counts = new EventCounts();
        var total = 0;
        foreach (var (frame, _) in RecordedFrames.Cryptofeed(Recording))
        {
            total++;
            decoder.Decode(frame, counts).ShouldBe(FrameVerdict.Decoded, decoder.LastFault);
        }

        total.ShouldBe(2_546);
        (counts.BookSnapshots, counts.Books, counts.UpdateIdBreaks).ShouldBe((4, 1_594, 0));
        (counts.Tickers, counts.Candles, counts.Heartbeats).ShouldBe((758, 75, 0));
        counts.Trades.ShouldBeGreaterThan(102);
        counts.Streams.Count.ShouldBe(16);
    }

    /// <summary>
    /// The recorded deltas merged by an independent hand: whatever a frame leaves out is what it was.
    /// </summary>
    [Fact]
    public void Tickers_are_the_merge_of_what_was_sent()
    {
        var decoder = New(BybitExchange.Linear);
        var log = new EventLog();
        var merged = new Dictionary<string, Dictionary<string, string>>();
        var checkedRows = 0;
        foreach (var (frame, _) in RecordedFrames.Cryptofeed(Recording))
        {
            log.Clear();
            decoder.Decode(frame, log);
            using var json = JsonDocument.Parse(frame);
            if (!json.RootElement.TryGetProperty("topic", out var topic) || !topic.GetString()!.StartsWith("tickers."))
                continue;
            var values = merged.TryGetValue(topic.GetString()!, out var known) ? known : merged[topic.GetString()!] = [];
            foreach (var member in json.RootElement.GetProperty("data").EnumerateObject())
                values[member.Name] = member.Value.GetString()!;
            log.Lines[^1].ShouldEndWith(
                $"bid={values["bid1Price"]} x {values["bid1Size"]} ask={values["ask1Price"]} x {values["ask1Size"]} "
                + $"last={values["lastPrice"]} vol={values["volume24h"]} high={values["highPrice24h"]} "
                + $"low={values["lowPrice24h"]} change=- rel={values["price24hPcnt"]}");
            checkedRows++;
        }

        checkedRows.ShouldBe(758);
    }

    /// <summary>
    /// Documentation-like messages of another project's tests, of which some are of markets not recorded.
    /// </summary>
    [Theory]
    [InlineData("V5_Linear_Ticker.txt", FrameVerdict.Decoded)]
    [InlineData("V5_Linear_Trades.txt", FrameVerdict.Decoded)]
    [InlineData("V5_Spot_Ticker.txt", FrameVerdict.Decoded)]
    [InlineData("V5_Spot_Trades.txt", FrameVerdict.Decoded)]
    [InlineData("V5_Spot_PriceLimit.txt", FrameVerdict.Ignored)]
    [InlineData("V5_Spot_SystemStatus.txt", FrameVerdict.Ignored)]
    [InlineData("V5_Option_Book.txt", FrameVerdict.Ignored)]
    public void Messages_of_another_projects_tests_are_understood(string file, FrameVerdict expected)
    {
        var text = Recordings.ReadText("bybit/samples_jkorf/" + file);
        var decoder = New(file.Contains("Linear") ? BybitExchange.Linear : BybitExchange.Spot);
        var message = text[(text.IndexOf("\n= ", StringComparison.Ordinal) + 3)..];
        decoder.Decode(Encoding.UTF8.GetBytes(message), new EventLog()).ShouldBe(expected, decoder.LastFault);
        foreach (Match answer in Answers().Matches(text))
        {
            decoder.Decode(Encoding.UTF8.GetBytes(answer.Groups[1].Value), new EventLog())
                .ShouldBe(FrameVerdict.Decoded, decoder.LastFault);
        }
    }

    /// <summary>Topics of the versions before v5 have other names: none is taken for one of today's.</summary>
    [Fact]
    public void Messages_of_older_versions_are_ignored()
    {
        foreach (var line in RecordedFrames.Lines("bybit/crypto_msg_parser_bybit.jsonl"))
        {
            using var row = JsonDocument.Parse(line);
            var frame = Encoding.UTF8.GetBytes(row.RootElement.GetProperty("msg").GetRawText());
            New(BybitExchange.Linear).Decode(frame, new EventLog()).ShouldBe(FrameVerdict.Ignored, line);
        }
    }

    static IFrameDecoder New(MarketId market) => new BybitExchange().CreateDecoder(market, DecoderOptions.Default);

    [GeneratedRegex("^< (.*)$", RegexOptions.Multiline)]
    private static partial Regex Answers();
}
