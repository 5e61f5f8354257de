using System.Globalization;
using Shouldly;
using Ticklake.Runtime.Viewing;
using Ticklake.Stores.Csv;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;
using Xunit;

namespace Ticklake.Tests.Runtime.Replay;

/// <summary>Lakes in every format, and of several at once: replayed, verified, recovered and looked at.</summary>
public sealed class FormatLakeTests
{
    static readonly SegmentOptions PlainCsv =
        new() { Format = SegmentFormat.Csv, Csv = new CsvOptions { Compression = CsvCompression.None } };

    static Dictionary<string, SegmentOptions> Choices { get; } = new()
    {
        ["parquet decimal"] = new() { Numbers = NumberForm.Decimal },
        ["arrow"] = new() { Format = SegmentFormat.Arrow },
        ["arrow decimal"] = new() { Format = SegmentFormat.Arrow, Numbers = NumberForm.Decimal },
        ["csv"] = new() { Format = SegmentFormat.Csv },
        ["csv, segments"] = new() { Format = SegmentFormat.Csv, Layout = SegmentLayout.Segments },
        ["csv, plain"] = PlainCsv,
    };

    public static TheoryData<string> Names => [.. Choices.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_replay_gives_the_same_bytes_again_and_verifies(string choice)
    {
        var options = Choices[choice];
        using var lake = await LakeTestFolder.CreateAsync(options);

        lake.Segments.Count.ShouldBe(3);
        lake.Segments.ShouldAllBe(x => x.EndsWith("." + options.Format.Extension(options), StringComparison.Ordinal));
        var report = await lake.VerifyAsync();
        report.Differences.ShouldBeEmpty();
        report.Notes.ShouldBeEmpty();
        report.SegmentRows.ShouldBe(report.DerivedRows);
        var again = LakeTestFolder.Tree(await lake.RemakeAsync("again", options));
        foreach (var segment in lake.Segments)
            again[lake.Relative(segment)].ShouldBe(Convert.ToHexString(await File.ReadAllBytesAsync(segment, Cancel)));
    }

    [Fact]
    public async Task What_is_lost_of_a_lake_comes_back_in_another_format()
    {
        using var lake = await LakeTestFolder.CreateAsync(Choices["csv"]);
        Lose(lake, lake.Segment("trades"));
        await lake.ReplayAsync(Choices["arrow"]);
        Lose(lake, lake.Segment("books_len25"));
        await lake.ReplayAsync(Choices["parquet decimal"]);

        lake.Segments.Select(x => SegmentFormat.OfName(x)!.Name).Order().ShouldBe(["arrow", "csv", "parquet"]);
        var report = await lake.VerifyAsync();
        report.Differences.ShouldBeEmpty();
        report.Notes.ShouldBeEmpty();
        report.SegmentRows.ShouldBe(report.DerivedRows);
        (await lake.ReplayAsync(Choices["csv"])).SegmentsSealed.ShouldBe(0);
    }

    [Fact]
    public async Task A_file_that_a_crash_left_without_manifest_is_made_again()
    {
        using var lake = await LakeTestFolder.CreateAsync(Choices["csv"]);
        var before = LakeTestFolder.Tree(lake.Path);
        var trades = lake.Segment("trades");
        File.Delete(Manifest(trades));
        Forget(lake);

        await lake.ReplayAsync(Choices["csv"]);

        var after = LakeTestFolder.Tree(lake.Path);
        after.Remove(lake.Relative(trades) + ".unsealed").ShouldBeTrue();
        after.Where(x => !x.Key.StartsWith("catalog", StringComparison.Ordinal))
            .ShouldBe(before.Where(x => !x.Key.StartsWith("catalog", StringComparison.Ordinal)), ignoreOrder: true);
        (await lake.VerifyAsync()).Differences.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("trades", ",0.25,", ",0.26,", "amount", "0.26", "0.25")]
    [InlineData("trades", ",0.25,", ",0.250,", "amount", "0.250", "0.25")]
    [InlineData("books_len25", ",100.5,", ",100.50,", "price", "100.50", "100.5")]
    public async Task A_number_that_was_changed_in_a_text_is_told(
        string channel, string from, string to, string column, string stored, string derived)
    {
        using var lake = await LakeTestFolder.CreateAsync(PlainCsv);
        var file = lake.Segment(channel);
        var text = await File.ReadAllTextAsync(file, Cancel);
        var at = text.IndexOf(from, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, text[..at] + to + text[(at + from.Length)..], Cancel);

        var differences = (await lake.VerifyAsync()).Differences;

        differences.Select(x => x.ToString()).ShouldContain(x => x.Contains("SHA-256", StringComparison.Ordinal));
        differences.ShouldContain(x => x.Column == column && x.Stored == stored && x.Derived == derived);
    }

    [Fact]
    public async Task A_decimal_that_was_changed_is_told()
    {
        using var lake = await LakeTestFolder.CreateAsync(Choices["parquet decimal"]);
        using var other = await LakeTestFolder.CreateAsync(Choices["arrow decimal"]);
        (await lake.VerifyAsync()).Differences.ShouldBeEmpty();
        // The journal says another number than the segment.
        LakeTestFolder.Rewrite(
            other.Journals[0], line => line.Replace(",-0.25,100.5]", ",-0.26,100.5]", StringComparison.Ordinal));
        (await other.VerifyAsync()).Differences.ShouldContain(
            x => x.Column == "amount" && x.Stored == "0.25" && x.Derived == "0.26");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Conditions_compare_numbers_as_numbers(string choice)
    {
        using var lake = await LakeTestFolder.CreateAsync(Choices[choice]);
        var question = new SegmentQuestion(
            ["price", "amount"], [RowCondition.Parse("price >= 100.50"), RowCondition.Parse("amount < 1e0")]);
        using var view = SegmentView.Open(lake.Segment("trades"), question);
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        new RowPrinter(output, view.Columns).Print(view.Rows(), RowForm.Csv);
        var rows = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        rows.ShouldContain("100.75,0.5");
        rows.ShouldContain("101,0.125");
        rows.Length.ShouldBe(5);
        var wrong = new SegmentQuestion([], [RowCondition.Parse("price > high")]);
        Should.Throw<FormatException>(() => SegmentView.Open(lake.Segment("trades"), wrong)).Message
            .ShouldContain("a number");
    }

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static string Manifest(string segment) => SegmentFormat.Stem(segment) + ".manifest.json";

    static void Lose(LakeTestFolder lake, string segment)
    {
        File.Delete(segment);
        File.Delete(Manifest(segment));
        Forget(lake);
    }

    static void Forget(LakeTestFolder lake)
    {
        Directory.Delete(Path.Combine(lake.Path, SegmentCatalog.FolderName), recursive: true);
        foreach (var note in Directory.EnumerateFiles(lake.Path, "complete.json", SearchOption.AllDirectories))
            File.Delete(note);
    }
}
