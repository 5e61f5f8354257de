using System.IO.Compression;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Export;
using Ticklake.Runtime.Import;
using Ticklake.Runtime.Replay;
using Ticklake.Stores.Segments;
using Xunit;

namespace Ticklake.Tests.Runtime.Export;

/// <summary>A lake made from hand-written lines of hftbacktest's form, and what is exported from it.</summary>
sealed class ExportLake : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("ticklake-export-").FullName;

    public string Path => System.IO.Path.Combine(_folder, "lake");

    public string Output => System.IO.Path.Combine(_folder, "out");

    public ExportReport Report { get; private set; } = null!;

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Imports a recording and makes its segments.</summary>
    public static async Task<ExportLake> OfAsync(string exchange, string market, string lines)
    {
        var lake = new ExportLake();
        await lake.ImportAsync(exchange, market, lines);
        return lake;
    }

    public async Task ImportAsync(string exchange, string market, string lines)
    {
        var source = System.IO.Path.Combine(_folder, "recording.txt");
        await File.WriteAllTextAsync(source, lines.ReplaceLineEndings("\n") + "\n", Cancel);
        await ImportFilesAsync(Path, exchange, market, source);
    }

    /// <summary>Imports files into a lake and makes its segments.</summary>
    public static async Task ImportFilesAsync(string lake, string exchange, string market, params string[] files)
    {
        RecordingImporter.Import(
            new ImportRequest
            {
                Format = RecordingFormat.Hftbacktest,
                Market = new MarketId(exchange, market),
                Files = files,
                DataDirectory = lake,
            },
            Cancel);
        await SegmentReplay.FillAsync(lake, Cancel);
    }

    public IReadOnlyList<CatalogEntry> Segments => [.. new SegmentCatalog(Path, DiskFileSystem.Instance).Entries()];

    /// <summary>Exports; the names of the files.</summary>
    public string[] Export(ExportFormat format, Func<ExportRequest, ExportRequest>? ask = null)
    {
        var request = new ExportRequest { DataDirectory = Path, Output = Output };
        Report = LakeExport.Run(format, ask?.Invoke(request) ?? request, Segments, Cancel);
        return [.. Report.Files.Select(f => System.IO.Path.GetFileName(f.Path))];
    }

    public string[] Lines(string file) => LinesOf(System.IO.Path.Combine(Output, file));

    public static string[] LinesOf(string path)
    {
        using var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        return new StreamReader(stream).ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
