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
        SegmentLayout.SealedFolder(SampleRows.Morning, SampleRows.Morning + 90_000_000, 3_500_000, 0)
            .ShouldBe("seg=20250117T080000Z--20250117T080130Z--size~4MB");
        SegmentLayout.SealedFolder(SampleRows.Morning, SampleRows.Morning, 1, 2)
            .ShouldBe("seg=20250117T080000Z--20250117T080000Z--size~1MB-2");
    }

    [Fact]
    public void A_layout_is_found_by_its_name()
    {
        SegmentLayout.Find("daily").ShouldBeSameAs(SegmentLayout.Daily);
        SegmentLayout.Find("segments").ShouldBeSameAs(SegmentLayout.Segments);
        SegmentLayout.Find("other").ShouldBeNull();
    }

    static string Path(SegmentLayout layout, StreamKey stream, int number = 0) =>
        $"{layout.Folder(stream, SampleRows.Morning)}/{layout.FileName(stream, SampleRows.Morning, number, "parquet")}";
}
