using System.Globalization;
using System.IO.Compression;
using Ticklake.Columnar.Compression;
using Ticklake.Columnar.Parquet;

namespace Ticklake.Benchmarks.Columnar;

/// <summary>Rows and bytes of a table, column by column, and of the messages its rows came from.</summary>
sealed class TableSize
{
    readonly Dictionary<string, long> _columns = [];

    public long Rows { get; private set; }

    /// <summary>Of its files, with all that is not pages.</summary>
    public long Bytes { get; private set; }

    public long Raw { get; private set; }

    public long Gzip { get; private set; }

    public long Zstd { get; private set; }

    public double PerRow(long bytes) => (double)bytes / Rows;

    public void Add(ParquetReader file, long bytes)
    {
        Rows += file.RowCount;
        Bytes += bytes;
        for (var i = 0; i < file.Schema.Count; i++)
            AddColumn(file.Schema[i].Name, file.RowGroups.Sum(group => group.Columns[i].CompressedBytes));
    }

    public void Add(TableSize other)
    {
        Rows += other.Rows;
        Bytes += other.Bytes;
        Raw += other.Raw;
        Gzip += other.Gzip;
        Zstd += other.Zstd;
        foreach (var (column, bytes) in other._columns)
            AddColumn(column, bytes);
    }

    public void AddRaw(byte[] messages)
    {
        Raw += messages.Length;
        using var packed = new MemoryStream();
        // .NET's Optimal is zlib's level 6.
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(messages);
        Gzip += packed.Length;
        using var zstd = new ZstdCompressor(3);
        var target = new byte[Ticklake.Columnar.Compression.Zstd.CompressBound(messages.Length)];
        Zstd += zstd.Compress(messages, target);
    }

    /// <summary>Bytes a row of each column that has any to speak of, the largest first, and of what is no column.</summary>
    public string Columns()
    {
        var rest = Bytes - _columns.Values.Sum();
        var columns = _columns.Append(new("(footers, indexes)", rest))
            .OrderByDescending(column => column.Value)
            .Where(column => PerRow(column.Value) >= 0.02)
            .Select(column => string.Create(CultureInfo.InvariantCulture, $"{column.Key} {PerRow(column.Value):F2}"));
        return string.Join(", ", columns);
    }

    void AddColumn(string name, long bytes) => _columns[name] = _columns.GetValueOrDefault(name) + bytes;
}
