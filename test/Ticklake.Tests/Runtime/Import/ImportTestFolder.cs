using System.IO.Compression;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Import;
using Ticklake.Runtime.Journal;
using Ticklake.Tests.Runtime.Journal;
using Xunit;

namespace Ticklake.Tests.Runtime.Import;

/// <summary>A folder for an import's sources and journals, and the way to the real recordings.</summary>
sealed class ImportTestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("ticklake-import-").FullName;

    public ImportReport Report { get; private set; } = null!;

    /// <summary>Writes a source file, gzipped where its name says so.</summary>
    public string Source(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        using var file = File.Create(path);
        using Stream stream = name.EndsWith(".gz", StringComparison.Ordinal)
            ? new GZipStream(file, CompressionLevel.Fastest) : file;
        stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
        return path;
    }

    /// <summary>Imports, and reads every session's journal back.</summary>
    public List<List<ReadLine>> Import(
        RecordingFormat format, string exchange, string market, IReadOnlyList<string> files, string data = "data")
    {
        var request = new ImportRequest
        {
            Format = format,
            Market = new MarketId(exchange, market),
            Files = files,
            DataDirectory = System.IO.Path.Combine(Path, data),
            ConfFlags = exchange == "bitfinex" ? 131072 : null,
        };
        Report = RecordingImporter.Import(request, TestContext.Current.CancellationToken);
        return [.. Report.Sessions.Select(x => JournalTestFolder.ReadAll(
            System.IO.Path.Combine(request.DataDirectory, x.RelativePath), out _))];
    }

    public JournalHeader HeaderOf(int session, string data = "data")
    {
        var path = System.IO.Path.Combine(Path, data, Report.Sessions[session].RelativePath);
        return JournalFolder.Open(path, "x")!.Header;
    }

    /// <summary>A real recording; the test is skipped where they are absent.</summary>
    public static string Fixture(string name)
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder, "Ticklake.slnx")))
            folder = System.IO.Path.GetDirectoryName(folder);
        var path = System.IO.Path.Combine(folder ?? "/", "..", "shared", "fixtures", name);
        if (!File.Exists(path))
            Assert.Skip($"needs the recording ../shared/fixtures/{name}");
        return System.IO.Path.GetFullPath(path);
    }

    public static string FixtureText(string name)
    {
        using var file = File.OpenRead(Fixture(name));
        using Stream stream = name.EndsWith(".gz", StringComparison.Ordinal)
            ? new GZipStream(file, CompressionMode.Decompress) : file;
        return new StreamReader(stream).ReadToEnd();
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
