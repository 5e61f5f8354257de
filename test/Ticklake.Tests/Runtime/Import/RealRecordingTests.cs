using System.Text;
using System.Text.Json;
using Shouldly;
using Ticklake.Runtime.Import;
using Ticklake.Runtime.Journal;
using Ticklake.Tests.Runtime.Journal;
using Xunit;
using static Ticklake.Tests.Runtime.Import.ImportTestFolder;

namespace Ticklake.Tests.Runtime.Import;

/// <summary>The real recordings: every message is in the journal, byte for byte.</summary>
public sealed class RealRecordingTests : IDisposable
{
    readonly ImportTestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Marfusios_has_all_its_messages_and_both_sessions()
    {
        const string name = "bitfinex/marfusios_tBTCUSD_book_trades_20181112.txt.gz";
        var sessions = _folder.Import(RecordingFormat.Lines, "bitfinex", "spot", [Fixture(name)]);
        sessions.Count.ShouldBe(2);
        sessions[1][1].Imported.ShouldBe(917_364, "1-based: 917,363 messages come before the reconnect");
        ShouldBeTheSame(
            sessions.SelectMany(x => x.Skip(1)).Select(x => x.Text), FixtureText(name).Split(";;").Where(x => x.Length > 0));
        (_folder.Report.Received, _folder.Report.OddityCount).ShouldBe((1_057_704, 0));
    }

    [Theory]
    [InlineData("spot", "/api/v3/depth?symbol=BTCUSDT&limit=1000", 99_574, "binance_spot/hftbacktest_spot_btcusdt_20240808.gz",
        "binance_spot/hftbacktest_spot_btcusdt_20240809.gz")]
    [InlineData("usdm", "/fapi/v1/depth?symbol=BTCUSDT&limit=1000", 93_954,
        "binance_usdm/hftbacktest_usdm_btcusdt_20240808.gz")]
    [InlineData("coinm", "/dapi/v1/depth?symbol=BTCUSD_PERP&limit=1000", 98_386,
        "binance_coinm/hftbacktest_cm_btcusd_perp_20240808.gz", "binance_coinm/hftbacktest_cm_btcusd_perp_20240809.gz")]
    public void Hftbacktest_is_one_session_with_its_snapshot(string market, string path, int count, params string[] names)
    {
        var lines = _folder.Import(RecordingFormat.Hftbacktest, "binance", market, [.. names.Select(Fixture)]).Single();
        lines.Single(x => x.Kind == JournalLineKind.Answer).Path.ShouldBe(path);
        var source = names.SelectMany(x => FixtureText(x).Split('\n')).Where(x => x.Length > 0).ToList();
        ShouldBeTheSame(
            lines.Where(x => x.Kind != JournalLineKind.Occurrence).Select(x => $"{x.Time} {x.Text}"), source);
        source.Count.ShouldBe(count);
        _folder.Report.OddityCount.ShouldBe(0);
    }

    [Theory]
    [InlineData("binance", "spot", "binance_spot/cryptofeed_binance_spot_20211012.jsonl.gz")]
    [InlineData("binance", "usdm", "binance_usdm/cryptofeed_binance_usdm_20210722.jsonl.gz")]
    [InlineData("bitfinex", "spot", "bitfinex/cryptofeed_seq65536_20210417.jsonl")]
    [InlineData("coinbase", "spot", "coinbase/advanced_trade_first500_20260809.jsonl.gz")]
    [InlineData("bybit", "linear", "bybit/v5_linear_20260809.jsonl.gz")]
    [InlineData("gateio", "spot", "gateio/spot_v4_5pairs_20210422.jsonl")]
    [InlineData("upbit", "spot", "upbit/simple_first225_20210417.jsonl")]
    [InlineData("okx", "spot", "okx/books_checksum_BTC-USDT_20220513.jsonl.gz")]
    public void Cryptofeed_messages_come_as_they_were_recorded(string exchange, string market, string name)
    {
        var lines = _folder.Import(RecordingFormat.Cryptofeed, exchange, market, [Fixture(name)]).SelectMany(x => x);
        var expected = FixtureText(name).Split('\n').Where(x => x.Length > 0)
            .Select(x => JsonDocument.Parse(x).RootElement)
            .Where(x => x.GetProperty("t").GetString() is "http" or "send" or "recv").Select(Describe);
        ShouldBeTheSame(lines.Where(x => x.Kind != JournalLineKind.Occurrence).Select(Describe).Order(), expected.Order());
        _folder.Report.OddityCount.ShouldBe(0);
    }

    [Fact]
    public void The_coinbase_log_is_one_session()
    {
        const string name = "coinbase/exchange_ws_5products_20210417.log.gz";
        var source = FixtureText(name).Split('\n').Where(x => x.Length > 0).ToList();
        var lines = _folder.Import(RecordingFormat.Cryptofeed, "coinbase", "spot", [Fixture(name)]).Single();
        _folder.Report.OddityCount.ShouldBe(0);
        lines.Count.ShouldBe(source.Count, "the connect line is the open line");
        for (var i = 1; i < source.Count; i++)
        {
            if (!source[i].EndsWith(": " + lines[i].Text, StringComparison.Ordinal))
                Assert.Fail($"line {i + 1}");
        }
    }

    static string Describe(JsonElement line)
    {
        var seconds = line.GetProperty("ts").GetRawText().Split('.');
        var time = seconds[0] + (seconds.Length > 1 ? seconds[1] : "").PadRight(9, '0');
        var message = line.TryGetProperty("data", out var data) ? data.GetString()!
            : Encoding.UTF8.GetString(line.GetProperty("b64").GetBytesFromBase64());
        var path = line.TryGetProperty("url", out var url) ? new Uri(url.GetString()!).PathAndQuery : "";
        return $"{time} {path} {message}";
    }

    static string Describe(ReadLine line) => $"{line.Time} {line.Path} {line.Text}";

    static void ShouldBeTheSame(IEnumerable<string> seen, IEnumerable<string> expected)
    {
        var (left, right) = (seen.ToList(), expected.ToList());
        for (var i = 0; i < Math.Min(left.Count, right.Count); i++)
        {
            if (left[i] != right[i])
                Assert.Fail($"message {i + 1} is {left[i]} but was {right[i]}");
        }

        left.Count.ShouldBe(right.Count);
    }
}
