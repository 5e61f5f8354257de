using System.IO.Compression;
using System.Text;
using Xunit;

namespace Ticklake.Tests.Fixtures;

/// <summary>The real recordings that lie beside the repository and are never part of it.</summary>
static class Recordings
{
    static readonly string? Folder = FindFolder();

    static string? FindFolder()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (!File.Exists(Path.Combine(at.FullName, "Ticklake.slnx")))
                continue;
            var folder = Path.Combine(at.FullName, "..", "shared", "fixtures");
            return Directory.Exists(folder) ? folder : null;
        }

        return null;
    }

    /// <summary>The folder of all recordings; skips the running test where it is absent.</summary>
    internal static string Root
    {
        get
        {
            Assert.SkipWhen(Folder is null, "no recordings: the folder ../shared/fixtures is absent");
            return Folder!;
        }
    }

    /// <summary>The whole content of a recording, unpacked.</summary>
    internal static byte[] Read(string path)
    {
        using var file = File.OpenRead(Path.Combine(Root, path));
        using var unpacked = new MemoryStream();
        if (path.EndsWith(".gz", StringComparison.Ordinal))
        {
            using var gzip = new GZipStream(file, CompressionMode.Decompress);
            gzip.CopyTo(unpacked);
        }
        else
            file.CopyTo(unpacked);
        return unpacked.ToArray();
    }

    internal static string ReadText(string path) => Encoding.UTF8.GetString(Read(path));
}
