using System.Text;
using Shouldly;
using Ticklake.Columnar;
using Ticklake.Core.Markets;
using Ticklake.Stores.Csv;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;
using Ticklake.Tests.Columnar;
using Xunit;

namespace Ticklake.Tests.Stores.Csv;

public sealed class CsvSegmentTests : IDisposable
{
    const int Seeds = 40;

    readonly string _folder = Directory.CreateTempSubdirectory("ticklake-csv-").FullName;
    readonly RowBatchPool _pool = new();

    public static TheoryData<Channel> Channels => [.. Enum.GetValues<Channel>()];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_row_is_what_the_page_says()
    {
        var batch = SampleRows.TradeBatch(_pool);
        batch.Add(new RowStamp(SampleRows.Morning, 7, 0), SampleRows.Trade(3) with
        {
            Price = SampleRows.Number("42000.50"),
            Amount = SampleRows.Number("1.20E-3"),
            Id = default,
        });

        var lines = Encoding.UTF8.GetString(CsvFiles.Of(CsvCompression.None, 1000, batch)).Split('\n');

        lines.Length.ShouldBe(3);
        lines[0].ShouldBe(
            "exchange,market,channel,symbol,pair,conn_id,chan_id,sub_id,conf_flags,seq,exchange_ts,recv_ts,"
            + "batch_id,ingest_id,source_file,line_no,trade_id,mts,price,amount,side,msg_type,is_snapshot");
        lines[1].ShouldBe(
            $"bitfinex,spot,trades,tBTCUSD,BTC-USD,c1,17,,65536,,{SampleRows.Morning + 3},{SampleRows.Morning},,{7 << 20},"
            + $"{SampleRows.Journal},7,,{SampleRows.Morning + 3},42000.50,1.20E-3,sell,te,false");
        lines[2].ShouldBeEmpty();
    }

    [Theory]
    [InlineData("0.10")]
    [InlineData("100")]
    [InlineData("-0.0")]
    [InlineData("1e-7")]
    [InlineData("6.02214076E+23")]
    [InlineData("0.000000000000000000000001")]
    [InlineData("123456789012345678")]
    public void Numbers_stand_as_the_exchange_wrote_them(string text)
    {
        var batch = SampleRows.TradeBatch(_pool);
        batch.Add(new RowStamp(SampleRows.Morning, 1, 0), SampleRows.Trade(1) with { Price = SampleRows.Number(text) });
        using var reader = CsvFiles.Read(CsvFiles.Of(CsvCompression.Gzip, 1000, batch));
        CsvFiles.Column(reader, "price").ShouldBe([text]);
        reader.IsNumber(reader.ColumnIndex("price")).ShouldBeTrue();
        reader.IsNumber(reader.ColumnIndex("side")).ShouldBeFalse();
    }

    [Fact]
    public void Any_text_comes_back_as_it_was()
    {
        foreach (var compression in Enum.GetValues<CsvCompression>())
        {
            for (var seed = 0; seed < Seeds; seed++)
            {
                var random = new Random(seed);
                var (batch, details, symbols) = RandomControls(random);
                using var reader = CsvFiles.Read(CsvFiles.Of(compression, 1 + random.Next(300), batch));
                CsvFiles.Column(reader, "detail").ShouldBe(details, $"seed {seed}");
                CsvFiles.Column(reader, "symbol").ShouldBe(symbols, $"seed {seed}");
                CsvFiles.Column(reader, "seq").ShouldAllBe(x => x == null);
            }
        }
    }

    [Fact]
    public async Task DuckDb_reads_any_text_as_it_was()
    {
        var (batch, details, symbols) = RandomControls(new Random(20261121));
        var file = Path.Combine(_folder, "controls.csv.gz");
        await File.WriteAllBytesAsync(file, CsvFiles.Of(CsvCompression.Gzip, 100, batch), TestContext.Current.CancellationToken);

        await SegmentCells.ShouldBeTheSameForCsvReadersAsync(file);

        details.ShouldContain("");
        symbols.ShouldContain("");
    }

    [Theory]
    [MemberData(nameof(Channels))]
    public async Task DuckDb_reads_every_table(Channel channel)
    {
        foreach (var compression in Enum.GetValues<CsvCompression>())
        {
            var file = Path.Combine(_folder, "a." + SegmentFormat.Csv.Extensions[(int)compression]);
            var bytes = CsvFiles.Of(compression, 1000, SampleRows.OneOfEach(_pool, channel));
            await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
            await SegmentCells.ShouldBeTheSameForCsvReadersAsync(file);
        }
    }

    [Fact]
    public async Task DuckDb_reads_the_columns_types_by_itself()
    {
        var file = Path.Combine(_folder, "trades.csv.gz");
        var bytes = CsvFiles.Of(CsvCompression.Gzip, 1000, SampleRows.TradeBatch(_pool).AddTrades(1, 3000));
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
        var rows = await IndependentReaders.DuckDbAsync(
            "SELECT count(*), sum(price), min(make_timestamp(recv_ts)), bool_or(is_snapshot) "
            + $"FROM read_csv('{file}', types = {{'price': 'DECIMAL(38,18)'}})");
        rows[0].ShouldBe(["3000", "126001500000000000000000000", $"{SampleRows.Morning + 1000}", "false"]);
    }

    [Fact]
    public void Where_row_groups_end_changes_no_text()
    {
        CsvFiles.Unpacked(Of(100_000)).ShouldBe(CsvFiles.Unpacked(Of(37)));
        Of(1000).ShouldBe(Of(1000));

        byte[] Of(int rowGroupRows) => CsvFiles.Of(
            CsvCompression.Gzip,
            rowGroupRows,
            SampleRows.TradeBatch(_pool).AddTrades(1, 4000),
            SampleRows.TradeBatch(_pool).AddTrades(4001, 4000));
    }

    [Fact]
    public void Groups_are_read_in_any_order()
    {
        var batches = Enumerable.Range(0, 30)
            .Select(i => SampleRows.TradeBatch(_pool).AddTrades(1 + (i * 7000L), 7000)).ToArray();
        using var reader = CsvFiles.Read(CsvFiles.Of(CsvCompression.Zstd, 10_000, batches));
        reader.RowCount.ShouldBe(210_000);
        reader.GroupRows.ShouldBe([65_536, 65_536, 65_536, 210_000 - (3 * 65_536)]);
        foreach (var group in new[] { 3, 0, 2, 2, 1, 0 })
        {
            var lines = ((FixedValues<long>)reader.ReadColumn(group, reader.ColumnIndex("line_no"))).Values;
            lines[0].ShouldBe((group * 65_536L) + 1);
            lines[^1].ShouldBe((group * 65_536L) + reader.GroupRows[group]);
        }
    }

    [Fact]
    public void Writing_allocates_nothing_for_a_row()
    {
        var batch = SampleRows.TradeBatch(_pool).AddTrades(1, 7000);
        var table = TableSchemas.Of(Channel.Trades, NumberForm.Text);
        var columns = new RowGroupColumns(table);
        batch.ToColumns(columns);
        using var blocks = new CsvBlocks(CsvCompression.Zstd, 3);
        using var output = new MemoryStream(1 << 22);
        using var file = new CsvSegmentFile(output, table, blocks);
        file.WriteRowGroup(columns.Columns);
        var before = GC.GetAllocatedBytesForCurrentThread();
        file.WriteRowGroup(columns.Columns);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(2000);
    }

    (RowBatch Batch, List<object?> Details, List<object?> Symbols) RandomControls(Random random)
    {
        var batch = (ControlRows)_pool.Rent(SampleRows.Header(SampleRows.Stream(Channel.Controls, "")));
        var details = new List<object?>();
        var symbols = new List<object?>();
        for (var row = 0; row < 500; row++)
        {
            details.Add(RandomText(random));
            symbols.Add(RandomText(random));
            var control = new ControlEvent("gap", "books", (string)symbols[^1]!, "BTC-USD") { Detail = (string)details[^1]! };
            batch.Add(new RowStamp(SampleRows.Morning, row + 1, 0), control);
        }

        return (batch, details, symbols);
    }

    static string RandomText(Random random)
    {
        string[] pieces =
        [
            "\"", "\"\"", ",", "\n", "\r\n", " ", "a", "tBTCUSD", "é", "比特币", "🚀", "{\"a\":1}", "\\", "'", ";", "null", "\t",
        ];
        return string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => pieces[random.Next(pieces.Length)]));
    }
}
