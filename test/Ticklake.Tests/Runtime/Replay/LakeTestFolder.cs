using System.Text;
using Ticklake.Columnar.Compression;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Import;
using Ticklake.Runtime.Journal;
using Ticklake.Runtime.Replay;
using Ticklake.Stores.Segments;
using Xunit;

namespace Ticklake.Tests.Runtime.Replay;

/// <summary>A lake of a test's own, made from a recording, and ways to damage it.</summary>
sealed class LakeTestFolder : IDisposable
{
    /// <summary>Two sessions of a book and of trades.</summary>
    const string Recording = """
        {"event":"info","version":2,"platform":{"status":1}}
        {"event":"subscribed","channel":"book","chanId":1,"symbol":"tBTCUSD","prec":"P0","freq":"F0","len":"25"}
        {"event":"subscribed","channel":"trades","chanId":2,"symbol":"tBTCUSD"}
        [1,[[100.5,2,1.25],[101,1,-0.5]]]
        [1,[100.25,1,0.75]]
        [1,[101,2,-0.75]]
        [2,[[10,1790000000000,0.5,100.5]]]
        [2,"te",[11,1790000000100,-0.25,100.5]]
        [2,"tu",[11,1790000000100,-0.25,100.5]]
        [1,[100.25,0,1]]
        [2,"te",[12,1790000000200,0.125,101]]
        {"event":"info","version":2,"platform":{"status":1}}
        {"event":"subscribed","channel":"book","chanId":5,"symbol":"tBTCUSD","prec":"P0","freq":"F0","len":"25"}
        {"event":"subscribed","channel":"trades","chanId":6,"symbol":"tBTCUSD"}
        [5,[[100.5,2,1.25],[101,1,-0.5]]]
        [6,"te",[13,1790000000300,0.5,100.75]]
        [5,[100.5,1,0.5]]
        """;

    readonly string _folder = Directory.CreateTempSubdirectory("ticklake-lake-").FullName;

    public string Path => System.IO.Path.Combine(_folder, "lake");

    /// <summary>Full paths of the sealed data files, in order.</summary>
    // What lies beside a segment in a folder of its own is none.
    public IReadOnlyList<string> Segments =>
    [
        .. Files(Path, "*").Where(x => SegmentFormat.OfName(x) is not null && System.IO.Path.GetFileName(x) != "controls.parquet"),
    ];

    public IReadOnlyList<string> Manifests => Files(Path, "*.manifest.json");

    public IReadOnlyList<string> Journals => Files(Path, "*.jsonl.zst");

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The lake of the hand-written recording, replayed.</summary>
    public static async Task<LakeTestFolder> CreateAsync(SegmentOptions? options = null)
    {
        var lake = new LakeTestFolder();
        var source = System.IO.Path.Combine(lake._folder, "recording.txt");
        await File.WriteAllTextAsync(source, Recording.ReplaceLineEndings("\n") + "\n", Cancel);
        lake.Import(RecordingFormat.Lines, "bitfinex", source, null);
        await lake.ReplayAsync(options);
        return lake;
    }

    public void Import(RecordingFormat format, string exchange, string file, long? flags) => RecordingImporter.Import(
        new ImportRequest
        {
            Format = format,
            Market = new MarketId(exchange, MarketId.Spot),
            Files = [file],
            DataDirectory = Path,
            ConfFlags = flags,
        },
        Cancel);

    public Task<SegmentReplayReport> ReplayAsync(SegmentOptions? options = null) =>
        SegmentReplay.FillAsync(Path, Cancel, options);

    /// <summary>Makes every segment anew beside the lake; the folder's path.</summary>
    public async Task<string> RemakeAsync(string name, SegmentOptions? options = null)
    {
        var output = System.IO.Path.Combine(_folder, name);
        await SegmentReplay.RemakeAsync(Path, output, Cancel, options);
        return output;
    }

    public Task<VerificationReport> VerifyAsync() => LakeVerification.RunAsync(Path, Cancel);

    public string Segment(string channel) => Segments.Single(x => x.Contains($"/{channel}/", StringComparison.Ordinal));

    public string Relative(string path) => System.IO.Path.GetRelativePath(Path, path).Replace('\\', '/');

    /// <summary>A journal's lines as they stand there.</summary>
    public static List<string> Lines(string journal)
    {
        var lines = new List<string>();
        using var reader = new JournalReader(journal);
        while (reader.TryRead(out _))
            lines.Add(Encoding.UTF8.GetString(reader.LineText));
        return lines;
    }

    /// <summary>Writes a journal anew, as another program might: each line as <paramref name="edit"/> wants it.</summary>
    public static void Rewrite(string journal, Func<string, string> edit)
    {
        var lines = Lines(journal).ConvertAll(x => edit(x));
        var text = Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
        var packed = new byte[Zstd.CompressBound(text.Length)];
        using var compressor = new ZstdCompressor(1, checksum: true);
        var length = compressor.Compress(text, packed);
        File.WriteAllBytes(journal, packed[..length]);
    }

    /// <summary>The files below a folder, but those of a running program, with their bytes.</summary>
    public static Dictionary<string, string> Tree(string folder) => Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(x => System.IO.Path.GetFileName(x) != ".lock")
        .ToDictionary(x => System.IO.Path.GetRelativePath(folder, x), x => Convert.ToHexString(File.ReadAllBytes(x)));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    static List<string> Files(string folder, string pattern) =>
        [.. Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
