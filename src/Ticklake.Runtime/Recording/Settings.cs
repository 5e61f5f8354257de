using Ticklake.Columnar.Parquet;
using Ticklake.Runtime.Configuration;
using Ticklake.Runtime.Journal;
using Ticklake.Runtime.Sessions;
using Stored = Ticklake.Stores.Segments;

namespace Ticklake.Runtime.Recording;

/// <summary>What the configuration means to the parts that do the work.</summary>
public static class Settings
{
    // A waiting row of a book takes about 120 bytes of columns.
    const int BytesPerHeldRow = 120;

    public static JournalOptions Journal(JournalSettings settings) => new()
    {
        SyncInterval = settings.SyncInterval,
        RotateBytes = settings.RotateSize,
        RotateAge = settings.RotateAge,
        CompressionLevel = settings.Level,
    };

    public static SessionTiming Timing(SessionTimes times) => new()
    {
        RotateAfter = times.RotateAfter,
        Overlap = times.Overlap,
        FirstDataTimeout = times.FirstDataTimeout,
        BackoffFirst = times.BackoffMin,
        BackoffLongest = times.BackoffMax,
    };

    public static Stored.SegmentOptions Segments(SegmentOptions options) => new()
    {
        Layout = options.Layout == SegmentLayout.Daily ? Stored.SegmentLayout.Daily : Stored.SegmentLayout.Segments,
        Rotate = options.EffectiveRotation.Period,
        MaxBytes = options.MaxSize,
        RowGroupRows = options.RowGroupRows,
        HeldRows = (int)Math.Clamp(options.Memory / BytesPerHeldRow, options.RowGroupRows, int.MaxValue),
        Compression = options.Compression switch
        {
            SegmentCompression.Gzip => ParquetCompression.Gzip,
            SegmentCompression.None => ParquetCompression.None,
            _ => ParquetCompression.Zstd,
        },
        CompressionLevel = options.Level,
    };
}
