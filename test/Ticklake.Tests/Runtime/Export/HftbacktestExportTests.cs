using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Export;
using Ticklake.Tests.Runtime.Import;
using Xunit;

namespace Ticklake.Tests.Runtime.Export;

/// <summary>hftbacktest's lines out of small journals.</summary>
public sealed class HftbacktestExportTests
{
    const string Combined = """
        1700000000000000000 {"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1699999999990,"s":"BTCUSDT","U":9,"u":11,"b":[["99.5","1.00"]],"a":[]}}
        1700000000100000001 {"lastUpdateId":10,"bids":[["99","2"]],"asks":[["101","3"]]}
        1700000000200000002 {"stream":"btcusdt@trade","data":{"e":"trade","E":1700000000191,"s":"BTCUSDT","t":77,"p":"100.50","q":"0.00000001","T":1700000000190,"m":true,"M":true}}
        """;

    const string NextDay = """
        1700100000000000003 {"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1700099999990,"s":"BTCUSDT","U":12,"u":12,"b":[["99.6","1"]],"a":[]}}
        """;

    [Fact]
    public async Task Combined_frames_come_out_byte_for_byte_a_file_a_day()
    {
        using var lake = await ExportLake.OfAsync(
            "binance", MarketId.Spot, $"{Combined}\n1700000000300000000 {{\"result\":null,\"id\":1}}\n{NextDay}");
        lake.Export(ExportFormat.Hftbacktest).ShouldBe(["btcusdt_20231114.gz", "btcusdt_20231116.gz"]);
        lake.Lines("btcusdt_20231114.gz").ShouldBe(Combined.ReplaceLineEndings("\n").Split('\n'));
        lake.Lines("btcusdt_20231116.gz").ShouldBe([NextDay.Trim()]);
        lake.Report.FramesLeftOut.ShouldBe(1);
        Should.Throw<ExportRefusedException>(() => lake.Export(ExportFormat.Hftbacktest)).Message.ShouldContain("btcusdt_20231114.gz");
    }

    [Fact]
    public async Task Raw_frames_are_wrapped()
    {
        const string Raw =
            """{"e":"depthUpdate","E":1699999999990,"s":"BTCUSDT","U":9,"u":11,"b":[["99.5","1.00"]],"a":[]}""";
        using var lake = await ExportLake.OfAsync("binance", MarketId.Spot, $"1700000000000000000 {Raw}");
        lake.Export(ExportFormat.Hftbacktest);
        lake.Lines("btcusdt_20231114.gz").ShouldBe([$$"""1700000000000000000 {"stream":"btcusdt@depth@100ms","data":{{Raw}}}"""]);
    }

    [Fact]
    public async Task Other_exchanges_are_refused_by_name()
    {
        using var lake = await ExportLake.OfAsync(
            "upbit", MarketId.Spot, """1700000000000000000 {"type":"trade","code":"KRW-BTC"}""");
        Should.Throw<ExportRefusedException>(() => lake.Export(ExportFormat.Hftbacktest)).Message.ShouldContain("no form for upbit/spot");
        using var two = await ExportLake.OfAsync("binance", MarketId.Spot, Combined);
        await two.ImportAsync("bybit", MarketId.Spot, """1700000000000000000 {"topic":"publicTrade.BTCUSDT","data":[]}""");
        Should.Throw<ExportRefusedException>(() => two.Export(ExportFormat.Hftbacktest)).Message.ShouldContain("choose one");
        two.Export(ExportFormat.Hftbacktest, r => r with { Exchange = "bybit" }).ShouldBe(["btcusdt_20231114.gz"]);
    }

    [Fact]
    public async Task A_recording_of_the_collector_itself_comes_out_as_it_was()
    {
        var recording = ImportTestFolder.Fixture("binance_usdm/hftbacktest_usdm_btcusdt_20240808.gz");
        using var lake = new ExportLake();
        await ExportLake.ImportFilesAsync(lake.Path, "binance", "usdm", recording);
        lake.Export(ExportFormat.Hftbacktest).ShouldBe(["btcusdt_20240808.gz"]);
        lake.Lines("btcusdt_20240808.gz").SequenceEqual(ExportLake.LinesOf(recording)).ShouldBeTrue();
        lake.Report.FramesLeftOut.ShouldBe(0);
    }
}
