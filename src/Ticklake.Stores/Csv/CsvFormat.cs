using Ticklake.Columnar;
using Ticklake.Core.Markets;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;

namespace Ticklake.Stores.Csv;

/// <summary>Segments as CSV with the exchange's own texts of numbers (<c>docs/format/csv.md</c>).</summary>
sealed class CsvFormat : SegmentFormat
{
    CsvFormat()
    {
    }

    public static CsvFormat Instance { get; } = new();

    public override string Name => "csv";

    // By CsvCompression.
    public override IReadOnlyList<string> Extensions { get; } = ["csv.gz", "csv.zst", "csv"];

    public override bool HasMetadata => false;

    public override string Extension(SegmentOptions options) => Extensions[(int)options.Csv.Compression];

    /// <summary>How a CSV file of this name is written; of another file the defaults.</summary>
    public static CsvOptions OptionsOf(string fileName)
    {
        var compression = Array.FindIndex(
            [.. Instance.Extensions], extension => fileName.EndsWith("." + extension, StringComparison.Ordinal));
        return compression < 0 ? new CsvOptions() : new CsvOptions { Compression = (CsvCompression)compression };
    }

    public override NumberForm Numbers(SegmentOptions options) => NumberForm.Text;

    internal override ISegmentWorkspace CreateWorkspace(SegmentOptions options) =>
        new Workspace(new CsvBlocks(options.Csv.Compression, options.File.CompressionLevel));

    internal override TableReader Open(Stream file) => new CsvReader(file);

    sealed class Workspace(CsvBlocks blocks) : ISegmentWorkspace
    {
        public ISegmentFile Begin(Stream output, Channel channel) =>
            new CsvSegmentFile(output, TableSchemas.Of(channel, NumberForm.Text), blocks);

        public void Dispose() => blocks.Dispose();
    }
}
