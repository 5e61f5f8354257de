using System.Globalization;
using Ticklake.Columnar;
using Ticklake.Columnar.Parquet;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Import;
using Ticklake.Runtime.Journal;
using Ticklake.Runtime.Replay;

namespace Ticklake.Benchmarks.Columnar;

/// <summary>
/// Bytes a row that each table takes, every common column present, beside the raw messages its rows came from:
/// recordings are imported and replayed into segments as the product does it. Files as they are, footers included.
/// </summary>
static class TableSizes
{
    // Below this the footer is most of a file; such recordings count into the totals only.
    const int FewestRowsShown = 5000;

    static readonly string[] Tables = ["books", "trades", "book_ticker", "raw_books"];

    static readonly (string Exchange, string Market, RecordingFormat Format, string[] Files)[] Recordings =
    [
        ("bitfinex", MarketId.Spot, RecordingFormat.Lines, ["bitfinex/marfusios_tBTCUSD_book_trades_20181112.txt.gz"]),
        ("bitfinex", MarketId.Spot, RecordingFormat.Cryptofeed, ["bitfinex/cryptofeed_seq65536_20210417.jsonl"]),
        ("binance", MarketId.Spot, RecordingFormat.Hftbacktest,
            ["binance_spot/hftbacktest_spot_btcusdt_20240808.gz", "binance_spot/hftbacktest_spot_btcusdt_20240809.gz"]),
        ("binance", MarketId.Spot, RecordingFormat.Cryptofeed,
            ["binance_spot/cryptofeed_binance_spot_20211012.jsonl.gz"]),
        ("binance", "usdm", RecordingFormat.Hftbacktest, ["binance_usdm/hftbacktest_usdm_btcusdt_20240808.gz"]),
        ("binance", "usdm", RecordingFormat.Cryptofeed, ["binance_usdm/cryptofeed_binance_usdm_20210722.jsonl.gz"]),
        ("binance", "coinm", RecordingFormat.Hftbacktest,
            [
                "binance_coinm/hftbacktest_cm_btcusd_perp_20240808.gz",
                "binance_coinm/hftbacktest_cm_btcusd_perp_20240809.gz",
            ]),
        ("coinbase", MarketId.Spot, RecordingFormat.Cryptofeed, ["coinbase/advanced_trade_first500_20260809.jsonl.gz"]),
        ("coinbase", MarketId.Spot, RecordingFormat.Cryptofeed, ["coinbase/exchange_ws_5products_20210417.log.gz"]),
        ("bybit", "linear", RecordingFormat.Cryptofeed, ["bybit/v5_linear_20260809.jsonl.gz"]),
        ("gateio", MarketId.Spot, RecordingFormat.Cryptofeed, ["gateio/spot_v4_5pairs_20210422.jsonl"]),
        ("upbit", MarketId.Spot, RecordingFormat.Cryptofeed, ["upbit/simple_first225_20210417.jsonl"]),
        ("okx", MarketId.Spot, RecordingFormat.Cryptofeed, ["okx/books_checksum_BTC-USDT_20220513.jsonl.gz"]),
    ];

    public static async Task RunAsync(TextWriter output, string fixtures)
    {
        output.WriteLine("bytes a row in segments, and of the raw messages; ratios to the raw messages compressed");
        output.WriteLine(
            $"{"table",-12} {"recording",-42} {"rows",8}  B/row     raw  gzip-6  zstd-3  /gzip-6  /zstd-3");
        var totals = Tables.ToDictionary(table => table, _ => new TableSize());
        foreach (var (exchange, market, format, files) in Recordings)
        {
            string[] paths = [.. files.Select(file => Path.Combine(fixtures, file))];
            if (!paths.All(File.Exists))
                continue;
            var lake = Directory.CreateTempSubdirectory("ticklake-bench-").FullName;
            try
            {
                var request = new ImportRequest
                {
                    Format = format,
                    Market = new MarketId(exchange, market),
                    Files = paths,
                    DataDirectory = lake,
                };
                RecordingImporter.Import(request, CancellationToken.None);
                var made = Path.Combine(lake, "made");
                await SegmentReplay.RemakeAsync(lake, made, CancellationToken.None);
                foreach (var (table, size) in Measure(lake, made))
                {
                    totals[table].Add(size);
                    if (size.Rows >= FewestRowsShown)
                        Print(output, table, Path.GetFileName(files[0]), size);
                }
            }
            finally
            {
                Directory.Delete(lake, recursive: true);
            }
        }

        foreach (var (table, size) in totals.Where(total => total.Value.Rows > 0))
            Print(output, table, "all recordings", size);
    }

    static SortedDictionary<string, TableSize> Measure(string lake, string made)
    {
        var sizes = new SortedDictionary<string, TableSize>(StringComparer.Ordinal);
        var sources = new Dictionary<string, HashSet<(string File, long Line)>>();
        foreach (var path in Directory.EnumerateFiles(made, "*.parquet", SearchOption.AllDirectories))
        {
            using var reader = ParquetReader.Open(path);
            var table = reader.RowCount == 0 ? "" : (string)reader.Read(0, ["channel"])[0, 0]!;
            if (!Tables.Contains(table))
                continue;
            if (!sizes.TryGetValue(table, out var size))
            {
                sizes.Add(table, size = new TableSize());
                sources.Add(table, []);
            }

            size.Add(reader, new FileInfo(path).Length);
            for (var group = 0; group < reader.GroupRows.Count; group++)
                AddSources(reader.Read(group, ["source_file", "line_no"]), sources[table]);
        }

        foreach (var (table, size) in sizes)
            size.AddRaw(Raw(lake, sources[table]));
        return sizes;
    }

    static void AddSources(ColumnTable rows, HashSet<(string File, long Line)> sources)
    {
        var lines = ((FixedValues<long>)rows.Columns[1]).Values;
        for (var i = 0; i < lines.Length; i++)
        {
            if (i == 0 || lines[i] != lines[i - 1])
                sources.Add(((string)rows[i, 0]!, lines[i]));
        }
    }

    /// <summary>The messages, one a line, as a log of them would be compressed.</summary>
    static byte[] Raw(string lake, HashSet<(string File, long Line)> sources)
    {
        using var raw = new MemoryStream();
        foreach (var file in JournalFolder.Files(lake))
        {
            using var reader = new JournalReader(file.FullPath);
            while (reader.TryRead(out var line))
            {
                if (!sources.Contains((file.RelativePath, line.LineNumber)))
                    continue;
                raw.Write(line.Payload);
                raw.WriteByte((byte)'\n');
            }
        }

        return raw.ToArray();
    }

    static void Print(TextWriter output, string table, string recording, TableSize size)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{table,-12} {recording,-42} {size.Rows,8} {size.PerRow(size.Bytes),6:F2} {size.PerRow(size.Raw),7:F1} "
            + $"{size.PerRow(size.Gzip),7:F2} {size.PerRow(size.Zstd),7:F2} {(double)size.Bytes / size.Gzip,8:F2} "
            + $"{(double)size.Bytes / size.Zstd,8:F2}"));
        output.WriteLine("             " + size.Columns());
    }
}
