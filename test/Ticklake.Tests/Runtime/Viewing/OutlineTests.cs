using Shouldly;
using Ticklake.Columnar.Parquet;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Viewing;
using Ticklake.Stores.Segments;
using Ticklake.Tests.Columnar;
using Ticklake.Tests.Runtime.Replay;
using Xunit;

namespace Ticklake.Tests.Runtime.Viewing;

/// <summary>What files and lakes say of themselves: the outline of a Parquet file, the sums of a lake.</summary>
public sealed class OutlineTests
{
    [Fact]
    public async Task A_segments_outline_is_what_its_reader_says()
    {
        using var lake = await LakeTestFolder.CreateAsync();
        var path = lake.Segments.First(s => s.Contains("/books", StringComparison.Ordinal));
        var outline = ParquetOutline.Read(path);
        using var reader = SegmentFile.Open(path);
        outline.Rows.ShouldBe(reader.RowCount);
        outline.Columns.Select(c => c.Path).ShouldBe(reader.Schema.Select(c => c.Name));
        outline.Columns.Select(c => c.Repetition == "optional").ShouldBe(reader.Schema.Select(c => c.IsNullable));
        outline.RowGroups.Select(g => g.Rows).ShouldBe(reader.GroupRows.Select(r => (long)r));
        outline.Metadata.ShouldBe(reader.Metadata);
        var time = new ColumnOutline(outline, reader.ColumnIndex("recv_ts"));
        time.Type.ShouldBe("INT64 TIMESTAMP(MICROS,UTC)");
        time.Nullability.ShouldBe("no");
        time.Codecs.ShouldBe(["ZSTD"]);
        time.Encodings.ShouldNotBeEmpty();
        time.CompressedBytes.ShouldBeGreaterThan(0);
        new ColumnOutline(outline, reader.ColumnIndex("price")).Type.ShouldBe("DOUBLE");
        new ColumnOutline(outline, reader.ColumnIndex("symbol")).Type.ShouldBe("BYTE_ARRAY STRING");
        FileKinds.IsParquet(path).ShouldBeTrue();
    }

    [Fact]
    public async Task Files_of_others_have_an_outline_too()
    {
        var path = Path.Combine(Path.GetTempPath(), $"ticklake-{Guid.NewGuid():N}.parquet");
        await IndependentReaders.DuckDbAsync(
            $"COPY (SELECT 1.5::DECIMAL(9,2) AS d, [1, 2] AS l, {{'a': 'x'}} AS s, DATE '2025-01-17' AS day, 7::UTINYINT AS small "
            + $"FROM range(10)) TO '{path}' (FORMAT parquet, COMPRESSION snappy)");
        var outline = ParquetOutline.Read(path);
        outline.Rows.ShouldBe(10);
        outline.CreatedBy.ShouldContain("DuckDB");
        outline.Columns.Select(c => c.Path).ShouldBe(["d", "l.list.element", "s.a", "day", "small"]);
        outline.Columns[0].LogicalType.ShouldBe("DECIMAL(9,2)");
        outline.Columns[3].LogicalType.ShouldBe("DATE");
        outline.RowGroups.ShouldHaveSingleItem().Columns[0].Codec.ShouldBe("SNAPPY");
        File.Delete(path);
    }

    [Fact]
    public void What_is_no_Parquet_file_is_refused()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "PAR1 and then nothing more PAR1");
        Should.Throw<InvalidDataException>(() => ParquetOutline.Read(path));
        File.Delete(path);
    }

    [Fact]
    public async Task Statistics_are_the_sums_of_the_manifests()
    {
        using var lake = await LakeTestFolder.CreateAsync();
        var entries = new SegmentCatalog(lake.Path, DiskFileSystem.Instance).Entries().ToList();
        var streams = StreamStatistics.Of(entries);
        streams.Sum(s => s.Rows).ShouldBe(entries.Sum(e => e.Manifest.Rows));
        streams.Sum(s => s.Bytes).ShouldBe(entries.Sum(e => new FileInfo(Path.Combine(lake.Path, e.FilePath)).Length));
        var books = streams.Single(s => s.Stream.Channel == Channel.Books);
        books.Segments.ShouldBe(entries.Count(e => e.Stream == books.Stream));
        books.BytesPerRow.ShouldBe((double)books.Bytes / books.Rows);
        books.Gaps.ShouldBe(entries.Where(e => e.Stream == books.Stream).Sum(e => e.Manifest.Gaps.Count));
        books.FirstRecvUs.ShouldBeLessThan(books.LastRecvUs);
    }
}
