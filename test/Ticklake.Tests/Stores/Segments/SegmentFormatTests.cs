using Shouldly;
using Ticklake.Columnar;
using Ticklake.Columnar.Parquet;
using Ticklake.Core.Markets;
using Ticklake.Core.Numbers;
using Ticklake.Stores.Csv;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;
using Ticklake.Tests.Columnar;
using Xunit;

namespace Ticklake.Tests.Stores.Segments;

/// <summary>Every table in every format on a real disk, read back by our readers and by others.</summary>
public sealed class SegmentFormatTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("ticklake-formats-").FullName;
    readonly RowBatchPool _pool = new();

    public static TheoryData<Channel, string> Cases =>
        [.. Enum.GetValues<Channel>().SelectMany(channel => Choices.Keys.Select(name => (channel, name)))];

    public static TheoryData<Channel> Channels => [.. Enum.GetValues<Channel>()];

    static Dictionary<string, SegmentOptions> Choices { get; } = new()
    {
        ["parquet"] = new(),
        ["parquet decimal"] = new() { Numbers = NumberForm.Decimal },
        ["arrow"] = new() { Format = SegmentFormat.Arrow },
        ["arrow decimal"] = new() { Format = SegmentFormat.Arrow, Numbers = NumberForm.Decimal },
        ["arrow none"] = new()
        {
            Format = SegmentFormat.Arrow,
            File = new ParquetWriterOptions { Compression = ParquetCompression.None },
        },
        ["csv gzip"] = Csv(CsvCompression.Gzip),
        ["csv zstd"] = Csv(CsvCompression.Zstd),
        ["csv none"] = Csv(CsvCompression.None),
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Rows_read_back_are_the_rows_written(Channel channel, string choice)
    {
        var options = Choices[choice];
        var numbers = options.Format.Numbers(options);
        var batch = SampleRows.OneOfEach(_pool, channel);
        var derived = DerivedRows.Hash(batch, numbers);

        var file = await SealAsync(batch, options);

        Path.GetFileName(file).ShouldEndWith("." + options.Format.Extension(options));
        using var reader = SegmentFile.Open(file);
        reader.Schema.ShouldBe(TableSchemas.Of(channel, numbers));
        TableSchemas.FormOf(channel, reader.Schema).ShouldBe(HasNumbers(channel) ? numbers : NumberForm.Double);
        reader.RowCount.ShouldBe(2);
        TableHash.Of(reader.Read(0)).ShouldBe(derived);
        derived[0].ShouldNotBe(derived[1]);
        reader.Metadata.Any(x => x.Key == "ticklake.journal").ShouldBe(options.Format.HasMetadata);
    }

    [Theory]
    [MemberData(nameof(Channels))]
    public async Task Independent_readers_read_every_table_as_arrow(Channel channel)
    {
        foreach (var numbers in new[] { NumberForm.Double, NumberForm.Decimal })
        {
            var batch = SampleRows.OneOfEach(_pool, channel);
            var file = await SealAsync(batch, new() { Format = SegmentFormat.Arrow, Numbers = numbers });
            await SegmentCells.ShouldBeTheSameForArrowReadersAsync(file);
        }
    }

    [Fact]
    public async Task Arrow_files_of_a_table_have_the_same_types_whatever_their_rows()
    {
        var options = new SegmentOptions { Format = SegmentFormat.Arrow };
        var few = await SealAsync(SampleRows.OneOfEach(_pool, Channel.Trades), options);
        var many = await SealAsync(SampleRows.TradeBatch(_pool).AddTrades(1, 2000), options);
        var types = await TypesAsync(few);
        (await TypesAsync(many)).ShouldBe(types);
        types.ShouldContain("trade_id Utf8");
        types.ShouldContain("symbol Dictionary<Int32, Utf8>");
    }

    [Fact]
    public async Task Numbers_that_a_form_cannot_hold_are_counted()
    {
        // Exact in every form; too fine for a double; too fine for a decimal; too many digits for anything but its text.
        string[] amounts = ["0.25", "12345678901234567.5", "0.1234567890123456789", "1234567890.12345678901"];
        (string Choice, long Inexact)[] expected =
            [("parquet", 3), ("parquet decimal", 2), ("arrow decimal", 2), ("csv gzip", 0)];
        foreach (var (choice, inexact) in expected)
        {
            var batch = SampleRows.TradeBatch(_pool);
            foreach (var (i, amount) in amounts.Index())
            {
                var trade = SampleRows.Trade(i) with { Amount = SampleRows.Number(amount) };
                batch.Add(new RowStamp(SampleRows.Morning, i + 1, 0), trade);
            }

            var manifest = (await SealedAsync(batch, Choices[choice])).Manifest;
            manifest.InexactValues.ShouldBe(inexact, choice);
            manifest.RoundedValues.ShouldBe(2, choice);
        }
    }

    [Theory]
    [InlineData("0", "0", true)]
    [InlineData("-0.00", "0", true)]
    [InlineData("42000.50", "42000500000000000000000", true)]
    [InlineData("-1e-18", "-1", true)]
    [InlineData("5e-19", "0", false)]
    [InlineData("1.5e-18", "2", false)]
    [InlineData("2.5e-18", "2", false)]
    [InlineData("-2.6e-18", "-3", false)]
    [InlineData("1e-90", "0", false)]
    [InlineData("99999999999999999e3", "99999999999999999000000000000000000000", true)]
    [InlineData("1e20", "99999999999999999999999999999999999999", false)]
    [InlineData("-1e300", "-99999999999999999999999999999999999999", false)]
    public void Decimals_are_exact_or_the_nearest_there_is(string text, string expected, bool isExact)
    {
        DecimalUnits.TryFrom(SampleRows.Number(text), out var units).ShouldBe(isExact);
        units.ToString(null, null).ShouldBe(expected);
    }

    [Fact]
    public void Decimals_agree_with_the_runtimes()
    {
        var random = new Random(20261121);
        for (var i = 0; i < 20_000; i++)
        {
            var mantissa = random.NextInt64(long.MinValue + 1, long.MaxValue) >> random.Next(63);
            var value = new ExactDecimal(mantissa, random.Next(8, 28));
            DecimalUnits.TryFrom(value, out var units);
            var rounded = Math.Round(value.ToDecimal(), DecimalUnits.Scale, MidpointRounding.ToEven);
            var digits = rounded.ToString("F18", null).Replace(".", "", StringComparison.Ordinal);
            (units == Int128.Parse(digits, null)).ShouldBeTrue(value.ToString());
        }
    }

    [Fact]
    public async Task A_file_of_any_name_is_known_by_its_content()
    {
        foreach (var choice in new[] { "parquet", "arrow" })
        {
            var file = await SealAsync(SampleRows.OneOfEach(_pool, Channel.Trades), Choices[choice]);
            File.Move(file, file + ".unsealed");
            using var reader = SegmentFile.Open(file + ".unsealed");
            reader.RowCount.ShouldBe(2);
        }

        var other = Path.Combine(_folder, "notes.txt");
        await File.WriteAllTextAsync(other, "x", TestContext.Current.CancellationToken);
        Should.Throw<InvalidDataException>(() => SegmentFile.Open(other)).Message.ShouldContain(".parquet, .arrow, .csv.gz");
    }

    [Theory]
    [InlineData("a/trades-1.csv.gz", "a/trades-1", "csv")]
    [InlineData("a/trades-1.csv.zst", "a/trades-1", "csv")]
    [InlineData("a/trades-1.csv", "a/trades-1", "csv")]
    [InlineData("a.b/trades-1.2.parquet", "a.b/trades-1.2", "parquet")]
    [InlineData("trades.arrow", "trades", "arrow")]
    [InlineData("a/1.jsonl.zst", "a/1.jsonl.zst", null)]
    public void The_name_tells_the_format(string path, string stem, string? format)
    {
        SegmentFormat.Stem(path).ShouldBe(stem);
        SegmentFormat.OfName(path)?.Name.ShouldBe(format);
    }

    static SegmentOptions Csv(CsvCompression compression) =>
        new() { Format = SegmentFormat.Csv, Csv = new CsvOptions { Compression = compression } };

    static async Task<List<string>> TypesAsync(string file) =>
        [.. (await IndependentReaders.ArrowAsync(file, "schema")).Where(x => x[2] is not null).Select(x => $"{x[0]} {x[1]}")];

    static bool HasNumbers(Channel channel) => TableSchemas.Of(channel).Any(x => x.Kind == ColumnKind.Double);

    async Task<string> SealAsync(RowBatch batch, SegmentOptions options) =>
        Path.Combine(_folder, (await SealedAsync(batch, options)).FilePath);

    async Task<CatalogEntry> SealedAsync(RowBatch batch, SegmentOptions options)
    {
        var catalog = new SegmentCatalog(_folder, DiskFileSystem.Instance);
        catalog.Load();
        var known = catalog.Entries().Select(x => x.Path).ToHashSet();
        using var store = new SegmentStore(new SegmentSetting(options, _folder, DiskFileSystem.Instance, catalog, _pool));
        await store.AppendAsync(batch);
        (await store.SealAllAsync(EndReasons.Shutdown)).ShouldBeEmpty();
        return catalog.Entries().Single(x => !known.Contains(x.Path));
    }
}
