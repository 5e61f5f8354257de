using System.IO.Compression;
using System.Text;
using Ticklake.Core.Markets;
using Ticklake.Stores.Csv;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;

namespace Ticklake.Tests.Stores.Csv;

/// <summary>CSV files of a test's own, in memory.</summary>
static class CsvFiles
{
    /// <summary>The file of some batches of a stream.</summary>
    public static byte[] Of(CsvCompression compression, int rowGroupRows, params RowBatch[] batches)
    {
        var options = new SegmentOptions
        {
            Format = SegmentFormat.Csv,
            Csv = new CsvOptions { Compression = compression },
            RowGroupRows = rowGroupRows,
        };
        var disk = new Segments.ModelFileSystem();
        var catalog = new SegmentCatalog("/data", disk);
        using var store = new SegmentStore(new SegmentSetting(options, "/data", disk, catalog, new RowBatchPool()));
        foreach (var batch in batches)
            store.AppendAsync(batch).AsTask().GetAwaiter().GetResult();
        store.SealAllAsync(EndReasons.Flush).AsTask().GetAwaiter().GetResult();
        return disk.Read($"/data/{catalog.Entries().Single().FilePath}");
    }

    public static CsvReader Read(byte[] file) => new(new MemoryStream(file));

    public static CsvReader Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    /// <summary>A column of all groups.</summary>
    public static List<object?> Column(CsvReader reader, string column)
    {
        var index = reader.ColumnIndex(column);
        return
        [
            .. Enumerable.Range(0, reader.GroupRows.Count).Select(group => reader.ReadColumn(group, index))
                .SelectMany(values => Enumerable.Range(0, values.Count).Select(row => values[row])),
        ];
    }

    /// <summary>What other programs unpack.</summary>
    public static string Unpacked(byte[] gzip)
    {
        using var text = new StreamReader(new GZipStream(new MemoryStream(gzip), CompressionMode.Decompress));
        return text.ReadToEnd();
    }

    /// <summary>The header of the channel's table.</summary>
    public static string Header(Channel channel) =>
        string.Join(',', TableSchemas.Of(channel).Select(column => column.Name)) + "\n";
}
