using Shouldly;
using Ticklake.Core.Markets;
using Ticklake.Stores.Retention;
using Ticklake.Stores.Segments;
using Ticklake.Tests.Stores.Compaction;
using Ticklake.Tests.Stores.Segments;
using Xunit;

namespace Ticklake.Tests.Stores.Retention;

public sealed class SegmentRetirementTests
{
    static readonly Retirement Old = new(SampleRows.Morning + SampleRows.Hour, RetireReasons.Age);

    [Fact]
    public async Task The_oldest_go_first_and_controls_stay()
    {
        var rig = new CompactionRig();
        await rig.SealAsync(10, 20, 30);
        await rig.SealAsync(SampleRows.OneOfEach(rig.Lake.Pool, Channel.Controls));
        var all = rig.Sealed();
        var trades = all.Where(x => x.Stream.Channel == Channel.Trades).ToList();

        RetentionPlan.Oldest(all.Reverse(), 1).ShouldBe([trades[0]]);
        RetentionPlan.Oldest(all, trades[0].Manifest.Bytes + 1).ShouldBe(trades[..2]);
        RetentionPlan.Oldest(all, long.MaxValue).ShouldBe(trades);
        RetentionPlan.OlderThan(all, trades[2].Manifest.LastRecvUs).ShouldBe(trades[..2]);
    }

    [Theory]
    [InlineData("daily", false)]
    [InlineData("daily", true)]
    [InlineData("segments", false)]
    [InlineData("segments", true)]
    public async Task Cut_off_at_any_call_segments_are_there_or_known_to_be_gone(string layout, bool isPowerCut)
    {
        var isDone = false;
        for (var cut = 1; !isDone; cut++)
        {
            var rig = new CompactionRig(new SegmentOptions { Layout = SegmentLayout.Find(layout)! });
            await rig.SealAsync(30, 60, 20);
            var before = rig.Sealed();
            rig.Disk.CutAt = rig.Disk.Calls + cut;
            try
            {
                var setting = new SegmentSetting(rig.Lake.Options, SegmentRig.Folder, rig.Disk, rig.Lake.Catalog, rig.Lake.Pool);
                SegmentRetirement.Run(setting, before[..2], Old);
                isDone = true;
            }
            catch (PowerCutException)
            {
                // The next start finishes it.
            }

            if (isPowerCut)
                rig.Disk.Restart(new Random(cut));
            else
                rig.Disk.RestartProcess();
            rig.Lake.Restart().Unsealed.ShouldBeEmpty($"cut at call {cut}");
            var after = rig.Lake.Catalog.EverSealed().OrderBy(x => x.Manifest.FirstRecvUs).ToArray();
            after.Select(x => x.Path).ShouldBe(before.Select(x => x.Path), $"cut at call {cut}");
            rig.Sealed().Length.ShouldBe(after.Count(x => x.Retired is null), $"cut at call {cut}");
            foreach (var entry in after)
                rig.Disk.Exists($"{SegmentRig.Folder}/{entry.FilePath}").ShouldBe(entry.Retired is null, $"cut at call {cut}");
            if (isDone)
                after.Count(x => x.Retired == Old).ShouldBe(2);
        }
    }
}
