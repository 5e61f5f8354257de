using Ticklake.Columnar;
using Ticklake.Columnar.Parquet;
using Ticklake.Core.Markets;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;

namespace Ticklake.Stores.Parquet;

/// <summary>Segments as Parquet, the default (<c>docs/format/parquet.md</c>).</summary>
sealed class ParquetFormat : SegmentFormat
{
    ParquetFormat()
    {
    }

    public static ParquetFormat Instance { get; } = new();

    public override string Name => "parquet";

    public override IReadOnlyList<string> Extensions { get; } = ["parquet"];

    public override bool HasMetadata => true;

    public override string Extension(SegmentOptions options) => Extensions[0];

    public override NumberForm Numbers(SegmentOptions options) => options.Numbers;

    internal override ISegmentWorkspace CreateWorkspace(SegmentOptions options) =>
        new Workspace(options.File, options.Numbers);

    internal override TableReader Open(Stream file) => new ParquetReader(file);

    sealed class Workspace(ParquetWriterOptions options, NumberForm numbers) : ISegmentWorkspace
    {
        readonly ParquetWorkspace _parquet = new(options);

        public ISegmentFile Begin(Stream output, Channel channel) =>
            new ParquetSegmentFile(new ParquetWriter(output, TableSchemas.Of(channel, numbers), _parquet));

        public void Dispose() => _parquet.Dispose();
    }
}
