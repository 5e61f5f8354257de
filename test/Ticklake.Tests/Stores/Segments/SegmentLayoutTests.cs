using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Stores.Segments;
using Xunit;

namespace Ticklake.Tests.Stores.Segments;

public sealed class SegmentLayoutTests
{
    [Fact]
    public void The_daily_layout_gives_these_paths()
    {
        string[] paths =
        [
            Path(SegmentLayout.Daily, SampleRows.Trades),
            Path(SegmentLayout.Daily, SampleRows.Stream(Channel.Candles, "tBTCUSD", "1m")),
            Path(SegmentLayout.Daily, SampleRows.Stream(Channel.Books, "tBTCF0:USTF0", "P1")),
            Path(SegmentLayout.Daily, new StreamKey(new MarketId("binance", "spot"), Channel.Books, "TRXUSDT")),
            Path(SegmentLayout.Daily, new StreamKey(new MarketId("binance", "usdm"), Channel.BookTicker, "BTCUSDT"), 1),
        ];

        paths.ShouldBe(
        [
            "bitfinex/websocket/trades/tBTCUSD/dt=2025-01-17/trades-20250117T080000Z.parquet",
            "bitfinex/websocket/candles_1m/tBTCUSD/dt=2025-01-17/candles_1m-20250117T080000Z.parquet",
            "bitfinex/websocket/books_P1/tBTCF0%3AUSTF0/dt=2025-01-17/books_P1-20250117T080000Z.parquet",
            "binance/websocket/books/TRXUSDT/dt=2025-01-17/books-20250117T080000Z.parquet",
            "binance-usdm/websocket/book_ticker/BTCUSDT/dt=2025-01-17/book_ticker-20250117T080000Z-1.parquet",
        ]);
    }

    [Fact]
    public void The_segments_layout_gives_these_paths()
    {
        Path(SegmentLayout.Segments, SampleRows.Trades).ShouldBe(
            "bitfinex/v2/trades/tBTCUSD/dt=2025-01-17/hour=08/part-trades-tBTCUSD-20250117T080000Z-0000.parquet");
        SealedFolder(SampleRows.Morning + 90_000_000, 3_500_000, 0)
            .ShouldBe("seg=20250117T080000Z--20250117T080130Z--size~4MB");
        SealedFolder(SampleRows.Morning, 1, 2).ShouldBe("seg=20250117T080000Z--20250117T080000Z--size~1MB-2");
    }

    [Fact]
    public void The_hive_layout_gives_these_paths()
    {
        const string Hour = "year=2025/month=01/day=17/hour=08";
        Path(SegmentLayout.Hive, SampleRows.Trades)
            .ShouldBe($"exchange=bitfinex/market=spot/symbol=tBTCUSD/{Hour}/trades-20250117T080000Z.parquet");
        Path(SegmentLayout.Hive, new StreamKey(new MarketId("binance", "usdm"), Channel.Books, "BTCUSDT", "100ms"), 1)
            .ShouldBe($"exchange=binance/market=usdm/symbol=BTCUSDT/{Hour}/books_100ms-20250117T080000Z-1.parquet");
    }

    [Fact]
    public void The_archive_layout_gives_these_paths()
    {
        Path(SegmentLayout.Archive, SampleRows.Trades)
            .ShouldBe("bitfinex/tBTCUSD/trades/2025-01-17/1737100800000.parquet");
        var facts = new SegmentFacts(SampleRows.Stream(Channel.Books, "tBTCUSD", "P1"), SampleRows.Morning)
        {
            Extension = "arrow",
            Number = 2,
            Server = "tokyo-1",
        };
        Path(SegmentLayout.Archive, facts).ShouldBe("bitfinex/tBTCUSD/books_P1/tokyo-1/2025-01-17/1737100800000-2.arrow");
    }

    [Fact]
    public void A_layout_cuts_where_its_path_tells_the_time()
    {
        SegmentLayout.All.Select(x => x.Boundary.TotalHours).ShouldBe([24, 1, 1, 24]);
        SegmentLayout.Parse("{exchange}/{channel}/{symbol}/{yyyy}{MM}{dd}{HH}.{ext}").Boundary.TotalHours.ShouldBe(1);
        SegmentLayout.Parse("{exchange}/{channel}/{symbol}/{yyyy}/{start}.{ext}").Boundary.TotalHours.ShouldBe(24);
    }

    [Theory]
    [InlineData("{exchange}@{channel}@{symbol}@{start}.{ext}", "bitfinex@trades@tBTCUSD@20250117T080000Z.parquet")]
    [InlineData(
        "{channel}/{exchange}/{symbol}-{start}-{number}.{ext}", "trades/bitfinex/tBTCUSD-20250117T080000Z-0000.parquet")]
    [InlineData(
        "raw/{exchange_name}/{market}/{yyyy}/{MM}/{dd}/{symbol}/{channel}-{start}.{ext}",
        "raw/bitfinex/spot/2025/01/17/tBTCUSD/trades-20250117T080000Z.parquet")]
    [InlineData("{exchange}/{symbol}/{channel}/{end}/{unix_ms}.{ext}", "bitfinex/tBTCUSD/trades/1737100800000.parquet")]
    public void A_template_gives_these_paths(string template, string path)
    {
        var layout = SegmentLayout.Parse(template);
        layout.Name.ShouldBe(template);
        Path(layout, SampleRows.Trades).ShouldBe(path);
    }

    [Theory]
    [InlineData("weekly", "there is no such layout")]
    [InlineData("{exchange}/{chanel}/{symbol}/{start}.{ext}", "there is no placeholder {chanel}")]
    [InlineData("{exchange}/{channel/{symbol}/{start}.{ext}", "has no '}'")]
    [InlineData("{exchange}/channel}/{symbol}/{start}.{ext}", "ends no placeholder")]
    [InlineData("[{server}/{exchange}/{channel}", "ends with '/]'")]
    [InlineData("{channel}/{symbol}/{start}.{ext}", "needs {exchange}")]
    [InlineData("{exchange_name}/{channel}/{symbol}/{start}.{ext}", "needs {exchange}, or {exchange_name} and {market}")]
    [InlineData("{exchange}/{symbol}/{start}.{ext}", "needs {channel}")]
    [InlineData("{exchange}/{channel}/{start}.{ext}", "needs {symbol}")]
    [InlineData("{exchange}/{channel}-{symbol}/{start}.{ext}", "needs {channel}, in a name of its own")]
    [InlineData("{exchange}/{channel}/{start}-{symbol}.{ext}", "needs {symbol}")]
    [InlineData("{exchange}/{channel}/{symbol}{yyyy}{unix_ms}.{ext}", "needs {symbol}, in a name of its own")]
    [InlineData("{exchange}/{channel}/{symbol}/{yyyy}/part.{ext}", "needs {MM} and {dd}, or {start} or {unix_ms}")]
    [InlineData("{exchange}/{channel}/{symbol}/{start}.parquet", "must end in .{ext}")]
    [InlineData("{exchange}/{channel}/{symbol}/{start}{ext}", "must end in .{ext}")]
    [InlineData("{exchange}/{channel}/{symbol}/{ext}/{start}.{ext}", "must end in .{ext}")]
    [InlineData("/{exchange}/{channel}/{symbol}/{start}.{ext}", "empty name")]
    [InlineData("{exchange}//{channel}/{symbol}/{start}.{ext}", "empty name")]
    [InlineData("../{exchange}/{channel}/{symbol}/{start}.{ext}", "leave the data folder")]
    [InlineData("{exchange}/.{channel}/{symbol}/{start}.{ext}", "begins with '.'")]
    [InlineData("{exchange}./{channel}/{symbol}/{start}.{ext}", "ends with '.'")]
    [InlineData("C:/{exchange}/{channel}/{symbol}/{start}.{ext}", "':' is in 'C:'")]
    [InlineData("{exchange}\\{channel}/{symbol}/{start}.{ext}", "'\\' is in")]
    [InlineData("nul/{exchange}/{channel}/{symbol}/{start}.{ext}", "device on Windows")]
    [InlineData("Journal/{exchange}/{channel}/{symbol}/{start}.{ext}", "Ticklake's own")]
    [InlineData("{exchange}/{channel}/{symbol}/{end}.{ext}", "in the last folder alone")]
    [InlineData("{exchange}/{channel}/{symbol}/{number}/{start}.{ext}", "in the file's name alone")]
    [InlineData("{exchange}/[{channel}/]{symbol}/{start}.{ext}", "can be optional")]
    public void A_template_that_would_not_do_is_refused(string template, string reason) =>
        Should.Throw<FormatException>(() => SegmentLayout.Parse(template)).Message.ShouldContain(reason);

    [Fact]
    public void Every_layout_knows_its_own_paths_and_no_others()
    {
        foreach (var layout in SegmentLayout.All)
        {
            StreamKey[] streams =
            [
                SampleRows.Trades, SampleRows.Stream(Channel.Candles, "tBTCF0:USTF0", "1M"),
                new(new MarketId("binance", "usdm"), Channel.Controls, "_"),
            ];
            foreach (var stream in streams)
            {
                var facts = new SegmentFacts(stream, SampleRows.Morning) { Server = "a" };
                layout.Shape.IsFile(FullPath(layout, facts)).ShouldBeTrue();
                layout.Shape.IsFile(FullPath(layout, facts with { Number = 12, Extension = "csv.gz" })).ShouldBeTrue();
                layout.Shape.IsFile(FullPath(layout, facts) + ".bak").ShouldBeFalse();
                layout.Shape.IsFile("mine/" + FullPath(layout, facts)).ShouldBeFalse();
                SegmentLayout.All.Count(x => x.Shape.IsFile(FullPath(layout, facts))).ShouldBe(1);
            }
        }
    }

    [Fact]
    public void A_layout_is_found_by_its_name()
    {
        SegmentLayout.Find("daily").ShouldBeSameAs(SegmentLayout.Daily);
        SegmentLayout.Find("segments").ShouldBeSameAs(SegmentLayout.Segments);
        SegmentLayout.Find("other").ShouldBeNull();
    }

    static string SealedFolder(long lastUs, long bytes, int number) => SegmentLayout.Segments.SegmentFolder(
        new SegmentFacts(SampleRows.Trades, SampleRows.Morning) { LastRecvUs = lastUs, Bytes = bytes, Number = number });

    static string Path(SegmentLayout layout, StreamKey stream, int number = 0) =>
        Path(layout, new SegmentFacts(stream, SampleRows.Morning) { Number = number });

    static string Path(SegmentLayout layout, SegmentFacts facts) =>
        layout.Folder(facts) is { Length: > 0 } folder ? $"{folder}/{layout.FileName(facts)}" : layout.FileName(facts);

    static string FullPath(SegmentLayout layout, SegmentFacts facts) => layout.SealsFolders
        ? $"{layout.Folder(facts)}/{layout.SegmentFolder(facts with { LastRecvUs = SampleRows.Morning, Bytes = 5 })}/"
            + layout.FileName(facts with { Number = 0 })
        : Path(layout, facts);
}
