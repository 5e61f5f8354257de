using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Export;
using Xunit;

namespace Ticklake.Tests.Runtime.Export;

/// <summary>tardis.dev's CSV files out of small lakes, held against what docs.tardis.dev documents.</summary>
public sealed class TardisExportTests
{
    // A book that begins by REST, an update without levels (15), a hole (18..20), an update that belongs to no book (21..22),
    // the next snapshot, and one more update; a day later a last one.
    const string Recording = """
        1700000000000000000 {"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1699999999990,"s":"BTCUSDT","U":9,"u":11,"b":[["99.5","1.00"]],"a":[]}}
        1700000000100000000 {"lastUpdateId":10,"bids":[["99","2"],["98","0.0000001"]],"asks":[["101","3"]]}
        1700000000200000000 {"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1700000000190,"s":"BTCUSDT","U":12,"u":14,"b":[["98","0"]],"a":[["100.5","0.5"]]}}
        1700000000300000000 {"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1700000000290,"s":"BTCUSDT","U":15,"u":15,"b":[],"a":[]}}
        1700000000400000000 {"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1700000000390,"s":"BTCUSDT","U":16,"u":17,"b":[],"a":[["101","4"]]}}
        1700000000500000000 {"stream":"btcusdt@trade","data":{"e":"trade","E":1700000000491,"s":"BTCUSDT","t":77,"p":"100.50","q":"0.00000001","T":1700000000490,"m":true,"M":true}}
        1700000000600000000 {"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1700000000590,"s":"BTCUSDT","U":21,"u":22,"b":[["97","7"]],"a":[]}}
        1700000000700000000 {"lastUpdateId":22,"bids":[["97","7"]],"asks":[["103","1"]]}
        1700000000800000000 {"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1700000000790,"s":"BTCUSDT","U":23,"u":23,"b":[["97.5","1"]],"a":[]}}
        1700000000900000000 {"stream":"btcusdt@bookTicker","data":{"u":23,"s":"BTCUSDT","b":"97.5","B":"1","a":"103","A":"1.5"}}
        1700100000000000000 {"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1700099999990,"s":"BTCUSDT","U":24,"u":24,"b":[["97.6","2"]],"a":[]}}
        """;

    const string Book = "binance_incremental_book_L2_2023-11-14_BTCUSDT.csv.gz";

    static Task<ExportLake> LakeAsync() => ExportLake.OfAsync("binance", MarketId.Spot, Recording);

    [Fact]
    public async Task Files_have_tardis_names_and_its_documented_headings()
    {
        using var lake = await LakeAsync();
        lake.Export(ExportFormat.TardisCsv).ShouldBe(
        [
            "binance_book_snapshot_25_2023-11-14_BTCUSDT.csv.gz",
            "binance_book_snapshot_25_2023-11-16_BTCUSDT.csv.gz",
            "binance_book_snapshot_5_2023-11-14_BTCUSDT.csv.gz",
            "binance_book_snapshot_5_2023-11-16_BTCUSDT.csv.gz",
            "binance_book_ticker_2023-11-14_BTCUSDT.csv.gz",
            Book,
            "binance_incremental_book_L2_2023-11-16_BTCUSDT.csv.gz",
            "binance_quotes_2023-11-14_BTCUSDT.csv.gz",
            "binance_quotes_2023-11-16_BTCUSDT.csv.gz",
            "binance_trades_2023-11-14_BTCUSDT.csv.gz",
        ]);
        lake.Lines(Book)[0].ShouldBe("exchange,symbol,timestamp,local_timestamp,is_snapshot,side,price,amount");
        lake.Lines("binance_trades_2023-11-14_BTCUSDT.csv.gz")[0].ShouldBe(
            "exchange,symbol,timestamp,local_timestamp,id,side,price,amount");
        const string BestPrices = "exchange,symbol,timestamp,local_timestamp,ask_amount,ask_price,bid_price,bid_amount";
        lake.Lines("binance_quotes_2023-11-14_BTCUSDT.csv.gz")[0].ShouldBe(BestPrices);
        lake.Lines("binance_book_ticker_2023-11-14_BTCUSDT.csv.gz")[0].ShouldBe(BestPrices);
        lake.Lines("binance_book_snapshot_5_2023-11-14_BTCUSDT.csv.gz")[0].ShouldBe(
            "exchange,symbol,timestamp,local_timestamp,asks[0].price,asks[0].amount,bids[0].price,bids[0].amount,"
            + "asks[1].price,asks[1].amount,bids[1].price,bids[1].amount,asks[2].price,asks[2].amount,bids[2].price,bids[2].amount,"
            + "asks[3].price,asks[3].amount,bids[3].price,bids[3].amount,asks[4].price,asks[4].amount,bids[4].price,bids[4].amount");
        lake.Lines("binance_book_snapshot_25_2023-11-14_BTCUSDT.csv.gz")[0].Split(',')[^4..].ShouldBe(
            ["asks[24].price", "asks[24].amount", "bids[24].price", "bids[24].amount"]);
    }

    [Fact]
    public async Task A_book_is_whole_after_every_gap_and_what_lies_between_is_left_out()
    {
        using var lake = await LakeAsync();
        lake.Export(ExportFormat.TardisCsv, r => r with { Types = ["incremental_book_L2"] });
        lake.Lines(Book)[1..].ShouldBe(
        [
            // REST says no time; the update that came before is joined to it.
            "binance,BTCUSDT,1700000000100000,1700000000100000,true,bid,99.5,1",
            "binance,BTCUSDT,1700000000100000,1700000000100000,true,bid,99,2",
            "binance,BTCUSDT,1700000000100000,1700000000100000,true,bid,98,0.0000001",
            "binance,BTCUSDT,1700000000100000,1700000000100000,true,ask,101,3",
            "binance,BTCUSDT,1700000000190000,1700000000200000,false,bid,98,0",
            "binance,BTCUSDT,1700000000190000,1700000000200000,false,ask,100.5,0.5",
            "binance,BTCUSDT,1700000000390000,1700000000400000,false,ask,101,4",
            "binance,BTCUSDT,1700000000700000,1700000000700000,true,bid,97,7",
            "binance,BTCUSDT,1700000000700000,1700000000700000,true,ask,103,1",
            "binance,BTCUSDT,1700000000790000,1700000000800000,false,bid,97.5,1",
        ]);
        lake.Report.GapsCrossed.ShouldBe(1);
        lake.Report.UpdatesLeftOut.ShouldBe(2);
    }

    [Fact]
    public async Task Each_day_begins_with_the_whole_book()
    {
        using var lake = await LakeAsync();
        lake.Export(ExportFormat.TardisCsv, r => r with { Types = ["incremental_book_L2", "quotes"] });
        lake.Lines("binance_incremental_book_L2_2023-11-16_BTCUSDT.csv.gz")[1..].ShouldBe(
        [
            "binance,BTCUSDT,1700099999990000,1700100000000000,true,bid,97.6,2",
            "binance,BTCUSDT,1700099999990000,1700100000000000,true,bid,97.5,1",
            "binance,BTCUSDT,1700099999990000,1700100000000000,true,bid,97,7",
            "binance,BTCUSDT,1700099999990000,1700100000000000,true,ask,103,1",
        ]);
        lake.Lines("binance_quotes_2023-11-16_BTCUSDT.csv.gz")[1..].ShouldBe(
            ["binance,BTCUSDT,1700099999990000,1700100000000000,1,103,97.6,2"]);
    }

    [Fact]
    public async Task Best_prices_and_levels_are_written_where_they_change()
    {
        using var lake = await LakeAsync();
        lake.Export(ExportFormat.TardisCsv);
        lake.Lines("binance_quotes_2023-11-14_BTCUSDT.csv.gz")[1..].ShouldBe(
        [
            "binance,BTCUSDT,1700000000100000,1700000000100000,3,101,99.5,1",
            "binance,BTCUSDT,1700000000190000,1700000000200000,0.5,100.5,99.5,1",
            "binance,BTCUSDT,1700000000700000,1700000000700000,1,103,97,7",
            "binance,BTCUSDT,1700000000790000,1700000000800000,1,103,97.5,1",
        ]);
        var snapshots = lake.Lines("binance_book_snapshot_5_2023-11-14_BTCUSDT.csv.gz")[1..];
        snapshots.Length.ShouldBe(5);
        snapshots[2].ShouldBe("binance,BTCUSDT,1700000000390000,1700000000400000,100.5,0.5,99.5,1,101,4,99,2,,,,,,,,,,,,");
        lake.Lines("binance_book_ticker_2023-11-14_BTCUSDT.csv.gz")[1].ShouldBe(
            "binance,BTCUSDT,1700000000900000,1700000000900000,1.5,103,97.5,1");
    }

    [Fact]
    public async Task Trades_have_their_time_at_the_exchange_and_exact_numbers()
    {
        using var lake = await LakeAsync();
        lake.Export(ExportFormat.TardisCsv, r => r with { Types = ["trades"] });
        lake.Lines("binance_trades_2023-11-14_BTCUSDT.csv.gz")[1..].ShouldBe(
            ["binance,BTCUSDT,1700000000490000,1700000000500000,77,sell,100.5,0.00000001"]);
        lake.Report.InexactValues.ShouldBe(0);
    }

    [Fact]
    public async Task Only_the_time_asked_for_is_written_and_its_book_is_whole()
    {
        using var lake = await LakeAsync();
        lake.Export(ExportFormat.TardisCsv, r => r with
        {
            Types = ["incremental_book_L2"],
            FromUs = 1_700_000_000_150_000,
            ToUs = 1_700_000_000_450_000,
        });
        lake.Lines(Book)[1..].ShouldBe(
        [
            "binance,BTCUSDT,1700000000190000,1700000000200000,true,bid,99.5,1",
            "binance,BTCUSDT,1700000000190000,1700000000200000,true,bid,99,2",
            "binance,BTCUSDT,1700000000190000,1700000000200000,true,ask,100.5,0.5",
            "binance,BTCUSDT,1700000000190000,1700000000200000,true,ask,101,3",
            "binance,BTCUSDT,1700000000390000,1700000000400000,false,ask,101,4",
        ]);
    }

    [Fact]
    public async Task A_segment_that_is_not_here_is_a_hole()
    {
        using var lake = await LakeAsync();
        var first = lake.Segments.Where(s => s.Stream.Channel == Channel.Books).MinBy(s => s.Manifest.FirstRecvUs)!;
        File.Delete(Path.Combine(lake.Path, first.FilePath));
        lake.Export(ExportFormat.TardisCsv, r => r with { Types = ["incremental_book_L2"] }).ShouldBeEmpty();
        lake.Report.GapsCrossed.ShouldBe(2);
        lake.Report.Notes.ShouldContain(n => n.Contains("1 of 2 segments are not here", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Existing_files_are_not_replaced_unless_asked_to()
    {
        using var lake = await LakeAsync();
        lake.Export(ExportFormat.TardisCsv);
        var before = File.GetLastWriteTimeUtc(Path.Combine(lake.Output, Book));
        Should.Throw<ExportRefusedException>(() => lake.Export(ExportFormat.TardisCsv)).Message.ShouldContain("--force");
        File.GetLastWriteTimeUtc(Path.Combine(lake.Output, Book)).ShouldBe(before);
        lake.Export(ExportFormat.TardisCsv, r => r with { Force = true }).Length.ShouldBe(10);
        Directory.EnumerateFiles(lake.Output, "*.tmp").ShouldBeEmpty();
    }

    [Fact]
    public async Task What_there_is_not_is_refused_in_words()
    {
        using var lake = await LakeAsync();
        Should.Throw<ExportRefusedException>(() => lake.Export(ExportFormat.TardisCsv, r => r with { Types = ["candles"] }))
            .Message.ShouldContain("no type 'candles'");
        Should.Throw<ExportRefusedException>(() => lake.Export(ExportFormat.TardisCsv, r => r with { Exchange = "okx" }))
            .Message.ShouldContain("no sealed segment");
        Directory.Exists(lake.Output).ShouldBeFalse();
    }

    [Fact]
    public async Task Two_whole_books_in_a_row_can_be_told_apart()
    {
        const string Orderbook = "\"type\":\"orderbook\",\"code\":\"KRW-BTC\",\"total_ask_size\":1,\"total_bid_size\":1,";
        using var lake = await ExportLake.OfAsync("upbit", MarketId.Spot, $$"""
            1700000000000000000 {{{Orderbook}}"timestamp":1700000000000,"orderbook_units":[{"ask_price":101,"bid_price":99,"ask_size":1,"bid_size":2}],"stream_type":"SNAPSHOT","level":0}
            1700000001000000000 {{{Orderbook}}"timestamp":1700000001000,"orderbook_units":[{"ask_price":102,"bid_price":99,"ask_size":1,"bid_size":2}],"stream_type":"REALTIME","level":0}
            """);
        lake.Export(ExportFormat.TardisCsv, r => r with { Types = ["incremental_book_L2"] });
        var lines = lake.Lines("upbit_incremental_book_L2_2023-11-14_KRW-BTC.csv.gz")[1..];
        lines[2..].ShouldBe(
        [
            "upbit,KRW-BTC,1700000001000000,1700000001000000,true,ask,101,0",
            "upbit,KRW-BTC,1700000001000000,1700000001000000,true,bid,99,2",
            "upbit,KRW-BTC,1700000001000000,1700000001000000,true,ask,102,1",
        ]);
        var reader = new TardisReader();
        foreach (var line in lines)
            reader.Read(line);
        reader.Side("ask").ShouldBe([(102m, 1m)]);
    }
}
