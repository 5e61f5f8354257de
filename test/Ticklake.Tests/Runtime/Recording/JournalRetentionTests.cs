using Shouldly;
using Ticklake.Runtime.Journal;
using Ticklake.Runtime.Recording;
using Ticklake.Runtime.Replay;
using Ticklake.Tests.Runtime.Replay;
using Xunit;

namespace Ticklake.Tests.Runtime.Recording;

/// <summary>Only journals whose rows are all sealed, and only old ones, may go; what they leave to the next session stays.</summary>
public sealed class JournalRetentionTests
{
    static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Old_journals_of_complete_sessions_go_and_leave_a_note()
    {
        using var lake = await OldLakeAsync();
        var (first, second) = (lake.Journals[0], lake.Journals[1]);
        File.SetLastWriteTimeUtc(second, Now.AddDays(-6).UtcDateTime);

        JournalRetention.Apply(lake.Path, TimeSpan.FromDays(7), Now).ShouldBe([first]);

        File.Exists(first).ShouldBeFalse();
        File.Exists(second).ShouldBeTrue("it is not old enough");
        var retired = RetiredSession.All(lake.Path).ShouldHaveSingleItem();
        retired.Files.ShouldBe([lake.Relative(first)]);
        retired.Streams.ShouldNotBeEmpty();
        JournalRetention.Apply(lake.Path, TimeSpan.FromDays(7), Now).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_journal_of_an_unfinished_session_stays_however_old()
    {
        using var lake = await OldLakeAsync();
        File.Delete(Path.Combine(Path.GetDirectoryName(lake.Journals[0])!, SessionMarker.FileName));
        JournalRetention.Apply(lake.Path, TimeSpan.FromDays(7), Now).ShouldNotContain(lake.Journals[0]);
        RetiredSession.All(lake.Path).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_journal_without_its_first_line_stays()
    {
        using var lake = await OldLakeAsync();
        var file = lake.Journals[0];
        File.WriteAllBytes(file, [1, 2, 3]);
        File.SetLastWriteTimeUtc(file, Now.AddDays(-8).UtcDateTime);
        JournalRetention.Apply(lake.Path, TimeSpan.FromDays(7), Now).ShouldNotContain(file);
    }

    [Fact]
    public async Task What_a_crash_left_of_a_retired_session_is_no_journal_and_goes_next_time()
    {
        using var lake = await OldLakeAsync();
        var (file, bytes) = (lake.Journals[0], File.ReadAllBytes(lake.Journals[0]));
        JournalRetention.Apply(lake.Path, TimeSpan.FromDays(7), Now);
        File.WriteAllBytes(file, bytes);
        JournalFolder.Sessions(lake.Path).ShouldBeEmpty();
        (await lake.VerifyAsync()).Differences.ShouldBeEmpty();
        JournalRetention.Apply(lake.Path, TimeSpan.FromDays(7), Now).ShouldBe([file]);
    }

    [Fact]
    public async Task Rows_of_retired_journals_are_noted_and_no_difference()
    {
        using var lake = await OldLakeAsync();
        File.SetLastWriteTimeUtc(lake.Journals[1], Now.AddDays(-6).UtcDateTime);
        JournalRetention.Apply(lake.Path, TimeSpan.FromDays(7), Now);

        var report = await lake.VerifyAsync();

        // The second session is derived from what the first left, as when both journals were there.
        report.Differences.ShouldBeEmpty();
        report.UnverifiableRows.ShouldBeGreaterThan(0);
        report.Notes.ShouldHaveSingleItem().ShouldContain("its journal was retired on 2026-11-21 12:00:00Z");
    }

    [Fact]
    public void A_lake_without_journals_is_left_alone() =>
        JournalRetention.Apply("none", TimeSpan.FromDays(1), Now).ShouldBeEmpty();

    static async Task<LakeTestFolder> OldLakeAsync()
    {
        var lake = await LakeTestFolder.CreateAsync();
        foreach (var journal in lake.Journals)
            File.SetLastWriteTimeUtc(journal, Now.AddDays(-8).UtcDateTime);
        return lake;
    }
}
