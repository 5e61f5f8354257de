using System.Text;
using Shouldly;
using Ticklake.Columnar;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Journal;
using Ticklake.Stores.Segments;
using Ticklake.Tests.Runtime.Replay;
using Xunit;

namespace Ticklake.Tests.Stores.Segments;

/// <summary>What lies beside a segment in a folder of its own.</summary>
public sealed class SegmentSidesTests
{
    static readonly SegmentOptions InFolders = new() { Layout = SegmentLayout.Segments };

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_journal_lines_are_those_of_the_rows_byte_for_byte()
    {
        using var lake = await LakeTestFolder.CreateAsync(InFolders);
        var journals = lake.Journals.Where(x => x.Contains("/journal/", StringComparison.Ordinal))
            .ToDictionary(lake.Relative, LakeTestFolder.Lines);
        foreach (var entry in Entries(lake.Path))
        {
            var slice = LakeTestFolder.Lines(Path.Combine(lake.Path, entry.Beside("wal.jsonl.zst")));
            var expected = new List<string>();
            foreach (var file in entry.Manifest.Journal.Select(x => x.File).Distinct())
            {
                var lines = RowLines(lake.Path, entry, file).Append(1).Distinct().Order();
                expected.AddRange(lines.Select(x => journals[file][(int)x - 1]));
            }

            slice.ShouldBe(expected, entry.Path);
        }
    }

    [Fact]
    public async Task The_journal_lines_are_a_journal()
    {
        using var lake = await LakeTestFolder.CreateAsync(InFolders);
        var entry = Entries(lake.Path).Single(x => x.Stream.Channel == Channel.Trades);
        var path = Path.Combine(lake.Path, entry.Beside("wal.jsonl.zst"));
        var opened = JournalFolder.Open(path, "wal.jsonl.zst").ShouldNotBeNull();
        opened.Header.Market.ShouldBe(entry.Stream.Market);
        using var reader = new JournalReader(path);
        var kinds = new List<JournalLineKind>();
        while (reader.TryRead(out var line))
            kinds.Add(line.Kind);
        reader.End.ShouldBe(JournalEnd.Clean);
        kinds.Count(x => x == JournalLineKind.Occurrence).ShouldBe(2, "each session's first line");
        kinds.Count(x => x == JournalLineKind.Received).ShouldBe(4);
    }

    [Fact]
    public async Task The_controls_are_those_of_the_stream_and_of_its_connections()
    {
        using var lake = await LakeTestFolder.CreateAsync(InFolders);
        var all = Entries(lake.Path).Where(x => x.Stream.Channel == Channel.Controls).SelectMany(x => Rows(lake.Path, x.FilePath));
        foreach (var entry in Entries(lake.Path).Where(x => x.Stream.Channel != Channel.Controls))
        {
            var concerned = all.Where(x => x.Contains("|controls||", StringComparison.Ordinal)
                || x.Contains($"|{entry.Stream.ChannelName}|{entry.Stream.Symbol}|", StringComparison.Ordinal)).Order().ToList();
            concerned.ShouldContain(x => x.StartsWith("subscribed|", StringComparison.Ordinal));
            Rows(lake.Path, entry.Beside("controls.parquet")).Order().ShouldBe(concerned);
        }
    }

    [Fact]
    public async Task A_segment_of_controls_has_no_copy_of_itself()
    {
        using var lake = await LakeTestFolder.CreateAsync(InFolders);
        var entry = Entries(lake.Path).First(x => x.Stream.Channel == Channel.Controls);
        entry.Manifest.SideFiles.Select(x => x.Name).ShouldBe(["wal.jsonl.zst"]);
    }

    [Fact]
    public async Task Without_the_journal_lines_the_controls_alone_lie_there()
    {
        using var lake = await LakeTestFolder.CreateAsync(InFolders with { Wal = false });
        var entry = Entries(lake.Path).First(x => x.Stream.Channel == Channel.Trades);
        entry.Manifest.SideFiles.Select(x => x.Name).ShouldBe(["controls.parquet"]);
        Directory.GetFiles(Path.Combine(lake.Path, Path.GetDirectoryName(entry.Path)!)).Length.ShouldBe(3);
    }

    [Theory]
    [InlineData("controls.parquet")]
    [InlineData("wal.jsonl.zst")]
    public async Task Verification_finds_a_changed_and_a_missing_one(string name)
    {
        using var lake = await LakeTestFolder.CreateAsync(InFolders);
        var path = Path.Combine(lake.Path, Entries(lake.Path).First(x => x.Stream.Channel == Channel.Books).Beside(name));
        var bytes = await File.ReadAllBytesAsync(path, Cancel);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, Cancel);
        (await lake.VerifyAsync()).Differences.ShouldHaveSingleItem().What.ShouldStartWith("its SHA-256 is");

        File.Delete(path);
        (await lake.VerifyAsync()).Differences.ShouldHaveSingleItem().What.ShouldBe("the file is missing");
    }

    [Fact]
    public async Task A_journal_without_the_lines_gives_the_segment_up()
    {
        var rig = new SegmentRig(InFolders) { Slice = (file, lines, _) => throw new IOException($"{file} lacks line {lines[^1]}.") };
        rig.Restart();
        await rig.Store.AppendAsync(rig.Trades(1, 5));

        var lost = await rig.Store.SealAllAsync(EndReasons.Flush);

        lost.ShouldHaveSingleItem().Message.ShouldContain("lacks line 5");
        rig.Paths().ShouldBeEmpty();
        rig.Catalog.Coverage(SampleRows.Journal, SampleRows.Trades).ShouldBeEmpty();
    }

    [Fact]
    public async Task Lines_are_asked_for_once_and_in_order_whatever_order_the_rows_have()
    {
        var asked = new List<string>();
        var rig = new SegmentRig(InFolders)
        {
            Slice = (file, lines, output) =>
            {
                asked.Add($"{file}: {string.Join(' ', lines)}");
                output.Write(Encoding.UTF8.GetBytes("x"));
            },
        };
        rig.Restart();
        await rig.Store.AppendAsync(rig.Trades(1_000_000, 2));
        await rig.Store.AppendAsync(rig.Trades(300, 3));
        await rig.Store.AppendAsync(rig.Trades(1_000_001, 2, SampleRows.Morning - 1_000_000_000));
        await rig.Store.SealAllAsync(EndReasons.Flush);

        asked.ShouldContain($"{SampleRows.Journal}: 300 301 302 1000000 1000001 1000002");
    }

    static List<CatalogEntry> Entries(string lake) => [.. new SegmentCatalog(lake, DiskFileSystem.Instance).Entries()];

    static List<long> RowLines(string lake, CatalogEntry entry, string journal)
    {
        using var reader = SegmentFile.Open(Path.Combine(lake, entry.FilePath));
        var lines = new List<long>();
        for (var group = 0; group < reader.GroupRows.Count; group++)
        {
            var table = reader.Read(group);
            for (var row = 0; row < table.RowCount; row++)
            {
                if (Text(table, "source_file", row) == journal)
                    lines.Add((long)table["line_no"][row]!);
            }
        }

        return lines;
    }

    static List<string> Rows(string lake, string file)
    {
        string[] columns = ["kind", "channel", "symbol", "conn_id", "source_file", "line_no", "recv_ts", "ingest_id", "detail"];
        using var reader = SegmentFile.Open(Path.Combine(lake, file));
        var rows = new List<string>();
        for (var group = 0; group < reader.GroupRows.Count; group++)
        {
            var table = reader.Read(group);
            for (var row = 0; row < table.RowCount; row++)
                rows.Add(string.Join('|', columns.Select(x => Text(table, x, row))));
        }

        return rows;
    }

    static string Text(ColumnTable table, string column, int row) =>
        table[column][row] is byte[] bytes ? Encoding.UTF8.GetString(bytes) : $"{table[column][row]}";
}
