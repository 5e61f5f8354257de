using Shouldly;
using Ticklake.Runtime.Import;
using Ticklake.Tests.Runtime.Import;
using Xunit;

namespace Ticklake.Tests.Runtime.Replay;

/// <summary>The same journals always give the same files.</summary>
public sealed class SegmentReplayTests
{
    [Fact]
    public async Task Two_replays_into_empty_folders_give_the_same_bytes()
    {
        using var lake = await LakeTestFolder.CreateAsync();

        var first = LakeTestFolder.Tree(await lake.RemakeAsync("first"));
        var second = LakeTestFolder.Tree(await lake.RemakeAsync("second"));

        first.Keys.Count(x => x.EndsWith(".parquet", StringComparison.Ordinal)).ShouldBe(3);
        second.ShouldBe(first, ignoreOrder: true);
        foreach (var (name, bytes) in LakeTestFolder.Tree(lake.Path).Where(x => x.Key.EndsWith(".parquet", StringComparison.Ordinal)))
            first[name].ShouldBe(bytes, "a segment of the lake itself is no other");
    }

    [Fact]
    public async Task A_second_replay_of_a_lake_changes_nothing()
    {
        using var lake = await LakeTestFolder.CreateAsync();
        var before = LakeTestFolder.Tree(lake.Path);

        var report = await lake.ReplayAsync();

        report.SegmentsSealed.ShouldBe(0);
        LakeTestFolder.Tree(lake.Path).ShouldBe(before, ignoreOrder: true);
    }

    [Fact]
    public async Task What_is_sealed_is_not_sealed_again_when_the_notes_of_the_sessions_are_lost()
    {
        using var lake = await LakeTestFolder.CreateAsync();
        var before = LakeTestFolder.Tree(lake.Path);
        foreach (var note in Directory.EnumerateFiles(lake.Path, "complete.json", SearchOption.AllDirectories))
            File.Delete(note);

        var report = await lake.ReplayAsync();

        report.SegmentsSealed.ShouldBe(0);
        LakeTestFolder.Tree(lake.Path).ShouldBe(before, ignoreOrder: true);
    }

    [Theory]
    [InlineData("bitfinex", "bitfinex/cryptofeed_seq65536_20210417.jsonl", 65536)]
    [InlineData("binance", "binance_spot/cryptofeed_binance_spot_20211012.jsonl.gz", null)]
    public async Task A_recording_gives_the_same_bytes_twice_and_verifies(string exchange, string name, int? flags)
    {
        using var lake = new LakeTestFolder();
        lake.Import(RecordingFormat.Cryptofeed, exchange, ImportTestFolder.Fixture(name), flags);
        await lake.ReplayAsync();

        LakeTestFolder.Tree(await lake.RemakeAsync("second"))
            .ShouldBe(LakeTestFolder.Tree(await lake.RemakeAsync("first")), ignoreOrder: true);
        var report = await lake.VerifyAsync();
        report.Differences.ShouldBeEmpty();
        report.SegmentRows.ShouldBe(report.DerivedRows);
        report.SegmentRows.ShouldBeGreaterThan(0);
    }
}
