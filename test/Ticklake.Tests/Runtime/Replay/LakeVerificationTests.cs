using Shouldly;
using Ticklake.Runtime.Recording;
using Ticklake.Runtime.Replay;
using Xunit;

namespace Ticklake.Tests.Runtime.Replay;

/// <summary>A whole lake passes, and each way of damaging one is found and told with its place.</summary>
public sealed class LakeVerificationTests
{
    [Fact]
    public async Task A_whole_lake_has_no_differences_and_is_left_as_it_was()
    {
        using var lake = await LakeTestFolder.CreateAsync();
        var before = LakeTestFolder.Tree(lake.Path);

        var report = await lake.VerifyAsync();

        report.Differences.ShouldBeEmpty();
        report.Notes.ShouldBeEmpty();
        (report.Segments, report.Sessions).ShouldBe((3, 2));
        report.SegmentRows.ShouldBe(report.DerivedRows);
        LakeTestFolder.Tree(lake.Path).ShouldBe(before, ignoreOrder: true);
    }

    [Fact]
    public async Task A_bit_flipped_anywhere_in_a_segment_is_found()
    {
        using var lake = await LakeTestFolder.CreateAsync();
        var path = lake.Segment("trades");
        var bytes = File.ReadAllBytes(path);
        var random = new Random(20_250_117);
        for (var round = 0; round < 40; round++)
        {
            var (at, bit) = (random.Next(bytes.Length), random.Next(8));
            var damaged = bytes.ToArray();
            damaged[at] ^= (byte)(1 << bit);
            File.WriteAllBytes(path, damaged);

            var report = await lake.VerifyAsync();

            report.IsRight.ShouldBeFalse($"byte {at}, bit {bit}");
            report.Differences.ShouldContain(x => x.Place == lake.Relative(path), $"byte {at}, bit {bit}");
        }
    }

    [Fact]
    public async Task A_missing_segment_is_found()
    {
        using var lake = await LakeTestFolder.CreateAsync();
        var path = lake.Segment("books_len25");
        File.Delete(path);

        var difference = (await lake.VerifyAsync()).Differences.ShouldHaveSingleItem();

        difference.ToString().ShouldBe($"{lake.Relative(path)}: the file is missing");
    }

    [Fact]
    public async Task A_segment_that_is_gone_with_its_manifest_is_found()
    {
        using var lake = await LakeTestFolder.CreateAsync();
        var manifest = lake.Manifests.Single(x => x.Contains("/books_len25/", StringComparison.Ordinal));
        File.Delete(lake.Segment("books_len25"));
        File.Delete(manifest);

        (await lake.VerifyAsync()).Differences.ShouldContain(x => x.Place == lake.Relative(manifest));

        Directory.Delete(Path.Combine(lake.Path, "catalog"), recursive: true);
        (await lake.VerifyAsync()).Differences.ShouldContain(
            x => x.Place.StartsWith("journal/", StringComparison.Ordinal) && x.What.StartsWith("missing rows", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"rows\": 4", "\"rows\": 5")]
    [InlineData("\"sha256\": \"", "\"sha256\": \"0")]
    [InlineData("\"first_recv_ts\": \"20", "\"first_recv_ts\": \"21")]
    [InlineData("\"checksum_ok\": 0", "\"checksum_ok\": 1")]
    [InlineData("\"end_reason\": \"", "\"end_reason\": \"x")]
    [InlineData("\"first_line\": ", "\"first_line\": 1")]
    [InlineData("\"symbol\": \"tBTCUSD\"", "\"symbol\": \"tETHUSD\"")]
    [InlineData("{", "")]
    public async Task A_changed_manifest_is_found(string text, string changed)
    {
        using var lake = await LakeTestFolder.CreateAsync();
        var path = lake.Manifests.Single(x => x.Contains("/trades/", StringComparison.Ordinal));
        var manifest = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        manifest.ShouldContain(text);
        var at = manifest.IndexOf(text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(
            path, manifest[..at] + changed + manifest[(at + text.Length)..], TestContext.Current.CancellationToken);

        (await lake.VerifyAsync()).Differences.ShouldContain(x => x.Place == lake.Relative(path));
    }

    [Fact]
    public async Task A_lost_catalogue_is_a_note()
    {
        using var lake = await LakeTestFolder.CreateAsync();
        Directory.Delete(Path.Combine(lake.Path, "catalog"), recursive: true);

        var report = await lake.VerifyAsync();

        report.IsRight.ShouldBeTrue();
        report.Notes.Count.ShouldBe(3);
    }

    [Fact]
    public async Task An_edited_price_in_the_journal_is_told_with_row_column_and_line()
    {
        using var lake = await LakeTestFolder.CreateAsync();
        LakeTestFolder.Rewrite(lake.Journals[0], x => x.Replace(",0.125,101]", ",0.125,102]", StringComparison.Ordinal));

        var difference = (await lake.VerifyAsync()).Differences.ShouldHaveSingleItem();

        difference.Place.ShouldBe(lake.Relative(lake.Segment("trades")));
        (difference.Row, difference.Column, difference.Stored, difference.Derived).ShouldBe((3, "price", "101", "102"));
        difference.Journal.ShouldBe($"{lake.Relative(lake.Journals[0])}:{LineOf(lake.Journals[0], ",0.125,102]")}");
    }

    [Fact]
    public async Task A_journal_byte_that_was_changed_is_found()
    {
        using var lake = await LakeTestFolder.CreateAsync();
        var path = lake.Journals[0];
        var bytes = File.ReadAllBytes(path);
        var random = new Random(7);
        for (var round = 0; round < 20; round++)
        {
            var at = random.Next(bytes.Length);
            var damaged = bytes.ToArray();
            damaged[at] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(path, damaged);

            (await lake.VerifyAsync()).IsRight.ShouldBeFalse($"byte {at} of {bytes.Length}");
        }
    }

    [Fact]
    public async Task A_row_missing_from_a_segment_that_is_whole_in_itself_is_found()
    {
        using var lake = await LakeTestFolder.CreateAsync();
        const string Trade = """[2,"te",[12,1790000000200,0.125,101]]""";
        var line = LineOf(lake.Journals[0], Trade);
        await ReplaceSegmentsAsync(lake, x => x.Replace(Trade, """[2,"hb"]""", StringComparison.Ordinal));

        var report = await lake.VerifyAsync();

        // The range ends before the row where it was the last one, so it may be missing from all ranges instead.
        report.Differences.ShouldContain(x =>
            x.Journal == $"{lake.Relative(lake.Journals[0])}:{line}" || x.What.Contains($"lines {line}-{line}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_row_missing_from_the_middle_is_told_with_its_line()
    {
        using var lake = await LakeTestFolder.CreateAsync();
        const string Level = "[1,[101,2,-0.75]]";
        var line = LineOf(lake.Journals[0], Level);
        await ReplaceSegmentsAsync(lake, x => x.Replace(Level, """[1,"hb"]""", StringComparison.Ordinal));

        var difference = (await lake.VerifyAsync()).Differences.ShouldHaveSingleItem();

        difference.What.ShouldBe("a row that this journal line gives is missing");
        difference.Journal.ShouldBe($"{lake.Relative(lake.Journals[0])}:{line}");
    }

    [Fact]
    public async Task A_row_that_no_journal_gives_is_told_with_its_number()
    {
        using var lake = await LakeTestFolder.CreateAsync();
        LakeTestFolder.Rewrite(lake.Journals[0], x => x.Replace("[1,[101,2,-0.75]]", """[1,"hb"]""", StringComparison.Ordinal));

        var difference = (await lake.VerifyAsync()).Differences.ShouldHaveSingleItem();

        (difference.Place, difference.Row).ShouldBe((lake.Relative(lake.Segment("books_len25")), 4));
    }

    [Fact]
    public async Task A_journal_that_is_gone_and_was_not_retired_is_found()
    {
        using var lake = await LakeTestFolder.CreateAsync();
        var journal = lake.Journals[1];
        File.Delete(journal);

        var report = await lake.VerifyAsync();

        report.UnverifiableRows.ShouldBeGreaterThan(0);
        var difference = report.Differences.ShouldHaveSingleItem();
        difference.Place.ShouldBe(lake.Relative(journal));
        difference.What.ShouldContain("nothing says that it was retired");
    }

    [Fact]
    public async Task Segments_without_any_journals_cannot_be_compared_with_them_and_are_no_difference()
    {
        using var lake = await LakeTestFolder.CreateAsync();
        Directory.Delete(Path.Combine(lake.Path, "journal"), recursive: true);

        var report = await lake.VerifyAsync();

        report.Differences.ShouldBeEmpty();
        report.UnverifiableRows.ShouldBeGreaterThan(0);
        report.Notes.ShouldAllBe(x => x.Contains("the journal is gone", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rows_that_were_never_sealed_are_missing_unless_a_recorder_is_at_work()
    {
        using var lake = await LakeTestFolder.CreateAsync();
        foreach (var folder in new[] { "bitfinex", "catalog" })
            Directory.Delete(Path.Combine(lake.Path, folder), recursive: true);
        (await lake.VerifyAsync()).Differences.ShouldAllBe(x => x.What.StartsWith("missing rows", StringComparison.Ordinal));

        using var recorder = LakeLock.TryTake(lake.Path);
        (await lake.VerifyAsync()).IsRight.ShouldBeFalse("the sessions are marked complete");
        foreach (var note in Directory.EnumerateFiles(lake.Path, SessionMarker.FileName, SearchOption.AllDirectories))
            File.Delete(note);
        var report = await lake.VerifyAsync();
        report.IsRight.ShouldBeTrue();
        report.PendingRows.ShouldBe(report.DerivedRows);
    }

    /// <summary>Gives the lake the segments of an edited journal, whole with their manifests, and its own journal back.</summary>
    static async Task ReplaceSegmentsAsync(LakeTestFolder lake, Func<string, string> edit)
    {
        var journal = File.ReadAllBytes(lake.Journals[0]);
        LakeTestFolder.Rewrite(lake.Journals[0], edit);
        var other = await lake.RemakeAsync("edited");
        File.WriteAllBytes(lake.Journals[0], journal);
        foreach (var folder in new[] { "bitfinex", "catalog" })
        {
            Directory.Delete(Path.Combine(lake.Path, folder), recursive: true);
            Directory.Move(Path.Combine(other, folder), Path.Combine(lake.Path, folder));
        }
    }

    static int LineOf(string journal, string text) =>
        LakeTestFolder.Lines(journal).FindIndex(x => x.Contains(text, StringComparison.Ordinal)) + 1;
}
