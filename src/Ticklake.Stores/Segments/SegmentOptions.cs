using Ticklake.Columnar.Parquet;
using Ticklake.Stores.Csv;
using Ticklake.Stores.Tables;

namespace Ticklake.Stores.Segments;

/// <summary>How segments are cut and laid out.</summary>
public sealed record SegmentOptions
{
    public SegmentLayout Layout { get; init; } = SegmentLayout.Daily;

    /// <summary>Name of the recorder in paths of layouts that tell it, or null.</summary>
    public string? Server { get; init; }

    /// <summary>
    /// Layouts that give a segment a folder of its own put the journal lines of its rows beside it.
    /// </summary>
    public bool Wal { get; init; } = true;

    /// <summary>Longest span of receive time in one segment; the layout's boundary ends it earlier.</summary>
    public TimeSpan Rotate { get; init; } = TimeSpan.FromDays(1);

    /// <summary>A segment ends with the row group that reaches this size.</summary>
    public long MaxBytes { get; init; } = 256L << 20;

    /// <summary>A row group ends with the frame that reaches this many rows.</summary>
    public int RowGroupRows { get; init; } = 65_536;

    /// <summary>
    /// Room, in rows of all streams, that batches waiting for their row group may take; beyond it the stream that holds
    /// most is written. Half a million rows of books are about 60 MB.
    /// </summary>
    public int HeldRows { get; init; } = 1 << 19;

    public SegmentFormat Format { get; init; } = SegmentFormat.Parquet;

    /// <summary>How numbers are held where the format leaves a choice.</summary>
    public NumberForm Numbers { get; init; }

    public CsvOptions Csv { get; init; } = new();

    /// <summary>How files of columns are written; of Arrow the compression and its level.</summary>
    public ParquetWriterOptions File { get; init; } = new();

    /// <summary>Version of the decoders, for the manifests.</summary>
    public int DecoderVersion { get; init; } = 1;

    internal string Extension => Format.Extension(this);

    internal NumberForm NumberForm => Format.Numbers(this);
}
