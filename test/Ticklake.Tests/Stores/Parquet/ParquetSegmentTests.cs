using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;
using Ticklake.Tests.Columnar;
using Xunit;

namespace Ticklake.Tests.Stores.Parquet;

/// <summary>Segments on a real disk, read back by our reader and by DuckDB.</summary>
public sealed class ParquetSegmentTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("ticklake-stores-").FullName;
    readonly RowBatchPool _pool = new();

    public static TheoryData<Channel> Channels => [.. Enum.GetValues<Channel>()];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Channels))]
    public async Task Rows_read_back_hash_as_the_rows_written(Channel channel)
    {
        var batch = SampleRows.OneOfEach(_pool, channel);
        var derived = DerivedRows.Hash(batch);

        var entry = await SealAsync(batch);

        using var reader = SegmentFile.Open(Path.Combine(_folder, entry.FilePath));
        reader.Schema.ShouldBe(TableSchemas.Of(channel));
        var rows = reader.Read(0);
        TableHash.Of(rows).ShouldBe(derived);
        derived[0].ShouldNotBe(derived[1]);
        rows["line_no"][1].ShouldBe(8L);
        rows["ingest_id"][1].ShouldBe(8L << 20);
    }

    [Fact]
    public async Task The_file_names_its_stream_its_journal_and_its_gaps()
    {
        var batch = SampleRows.TradeBatch(_pool).AddTrades(1, 3);
        batch.AddGap(new GapMark("gap", SampleRows.Journal, 2, SampleRows.Morning, 5, 6));

        var entry = await SealAsync(batch);

        using var reader = SegmentFile.Open(Path.Combine(_folder, entry.FilePath));
        var metadata = reader.Metadata.ToDictionary();
        metadata["ticklake.symbol"].ShouldBe("tBTCUSD");
        metadata["ticklake.journal"].ShouldBe(
            $$"""[{"file":"{{SampleRows.Journal}}","first_line":1,"last_line":3,"rows":3}]""");
        metadata["ticklake.gaps"].ShouldContain("\"from_seq\":5");
    }

    [Fact]
    public void Any_changed_value_changes_the_hash()
    {
        var one = SampleRows.TradeBatch(_pool);
        one.Add(new RowStamp(1, 1, 0), SampleRows.Trade(1));
        one.Add(new RowStamp(1, 1, 0), SampleRows.Trade(1) with { Amount = SampleRows.Number("0.26") });
        one.Add(new RowStamp(1, 1, 0), SampleRows.Trade(1) with { Side = default });
        one.Add(new RowStamp(1, 1, 0), SampleRows.Trade(1) with { Id = default });
        one.Add(new RowStamp(1, 1, 0), SampleRows.Trade(1) with { IsSnapshot = true });

        DerivedRows.Hash(one).ShouldBeUnique();
    }

    [Fact]
    public async Task DuckDb_reads_a_segment_as_it_was_meant()
    {
        var entry = await SealAsync(SampleRows.TradeBatch(_pool).AddTrades(1, 3));

        var rows = await IndependentReaders.DuckDbAsync(
            $"SELECT exchange, symbol, chan_id, sub_id, seq, line_no, trade_id, price, side, msg_type, is_snapshot, "
            + $"epoch_us(recv_ts) FROM read_parquet('{Path.Combine(_folder, entry.FilePath)}') ORDER BY line_no");

        rows.Count.ShouldBe(3);
        rows[1].ShouldBe(
        [
            "bitfinex", "tBTCUSD", "17", null, "2", "2", "2", "42000.5", "buy", "te", "false",
            $"{SampleRows.Morning + 2000}",
        ]);
    }

    async Task<CatalogEntry> SealAsync(RowBatch batch)
    {
        var catalog = new SegmentCatalog(_folder, DiskFileSystem.Instance);
        new SegmentRecovery(_folder, DiskFileSystem.Instance, catalog).Run();
        var setting = new SegmentSetting(new SegmentOptions(), _folder, DiskFileSystem.Instance, catalog, _pool);
        var store = new SegmentStore(setting);
        await store.AppendAsync(batch);
        (await store.SealAllAsync(EndReasons.Shutdown)).ShouldBeEmpty();
        return catalog.Entries().ShouldHaveSingleItem();
    }
}
