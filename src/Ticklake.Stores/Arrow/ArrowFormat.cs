using Ticklake.Columnar;
using Ticklake.Columnar.Arrow;
using Ticklake.Columnar.Parquet;
using Ticklake.Core.Markets;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;

namespace Ticklake.Stores.Arrow;

/// <summary>Segments as Arrow files, a record batch for each row group (<c>docs/format/arrow.md</c>).</summary>
sealed class ArrowFormat : SegmentFormat
{
    // Every text of them is another one: a dictionary would only hold them twice.
    static readonly string[] WithoutDictionary = ["trade_id", "detail"];

    ArrowFormat()
    {
    }

    public static ArrowFormat Instance { get; } = new();

    public override string Name => "arrow";

    public override IReadOnlyList<string> Extensions { get; } = ["arrow"];

    public override bool HasMetadata => true;

    public override string Extension(SegmentOptions options) => Extensions[0];

    public override NumberForm Numbers(SegmentOptions options) => options.Numbers;

    internal override ISegmentWorkspace CreateWorkspace(SegmentOptions options) => new Workspace(options);

    internal override TableReader Open(Stream file) => new ArrowReader(file);

    // The setting is that of Parquet pages; Arrow has no gzip, which the configuration refuses.
    static ArrowWriterOptions WriterOptions(ParquetWriterOptions options) => new()
    {
        Compression = options.Compression == ParquetCompression.None ? ArrowCompression.None : ArrowCompression.Zstd,
        CompressionLevel = options.CompressionLevel,
    };

    // By table: were it decided by the first rows, files of one stream would differ in their columns' types.
    static string[] DictionaryColumns(IReadOnlyList<ColumnSchema> table) =>
    [
        .. table.Where(x => x.Kind == ColumnKind.Utf8 && !WithoutDictionary.Contains(x.Name)).Select(x => x.Name),
    ];

    sealed class Workspace(SegmentOptions options) : ISegmentWorkspace
    {
        readonly ArrowWorkspace _arrow = new(WriterOptions(options.File));

        public ISegmentFile Begin(Stream output, Channel channel)
        {
            var table = TableSchemas.Of(channel, options.Numbers);
            return new ArrowSegmentFile(new ArrowWriter(output, table, _arrow, DictionaryColumns(table)));
        }

        public void Dispose() => _arrow.Dispose();
    }
}
