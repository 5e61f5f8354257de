using Shouldly;
using Ticklake.Runtime.Recording;
using Ticklake.Runtime.Replay;
using Xunit;

namespace Ticklake.Tests.Runtime.Recording;

/// <summary>Only journals whose rows are all sealed, and only old ones, may go.</summary>
public sealed class JournalRetentionTests : IDisposable
{
    static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    readonly string _lake = Directory.CreateTempSubdirectory("ticklake-retention-").FullName;

    public void Dispose() => Directory.Delete(_lake, recursive: true);

    [Fact]
    public void Old_journals_of_complete_sessions_go_and_their_notes_stay()
    {
        var old = Session("old", isComplete: true, age: TimeSpan.FromDays(8));
        var unfinished = Session("unfinished", isComplete: false, age: TimeSpan.FromDays(8));
        var recent = Session("recent", isComplete: true, age: TimeSpan.FromDays(6));
        JournalRetention.Apply(_lake, TimeSpan.FromDays(7), Now).ShouldBe([old]);
        File.Exists(old).ShouldBeFalse();
        File.Exists(Path.Combine(Path.GetDirectoryName(old)!, SessionMarker.FileName)).ShouldBeTrue();
        File.Exists(unfinished).ShouldBeTrue("its rows are not all sealed");
        File.Exists(recent).ShouldBeTrue();
        JournalRetention.Apply(_lake, TimeSpan.FromDays(7), Now).ShouldBeEmpty();
    }

    [Fact]
    public void A_lake_without_journals_is_left_alone() =>
        JournalRetention.Apply(Path.Combine(_lake, "none"), TimeSpan.FromDays(1), Now).ShouldBeEmpty();

    string Session(string connId, bool isComplete, TimeSpan age)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_lake, "journal", "bitfinex", "spot", connId)).FullName;
        var file = Path.Combine(folder, "20261101T000000.000000000Z.jsonl.zst");
        File.WriteAllBytes(file, [1, 2, 3]);
        File.SetLastWriteTimeUtc(file, (Now - age).UtcDateTime);
        if (isComplete)
            File.WriteAllText(Path.Combine(folder, SessionMarker.FileName), "{}");
        return file;
    }
}
