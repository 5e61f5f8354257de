using System.Security.Cryptography;

namespace Ticklake.Runtime.Import;

/// <summary>Turns what other recorders captured into journals. The same files always give the same journals.</summary>
public static class RecordingImporter
{
    /// <exception cref="IOException">A file cannot be read, or the journal cannot be written.</exception>
    /// <exception cref="InvalidDataException">A compressed file is damaged.</exception>
    public static ImportReport Import(ImportRequest request, CancellationToken cancellation)
    {
        if (request.Files.Count == 0)
            throw new ArgumentException("No files to import.", nameof(request));
        using var journals = new ImportJournals(
            request, SourceName(request.Files), hasSyntheticTimes: request.Format == RecordingFormat.Lines);
        switch (request.Format)
        {
            case RecordingFormat.Hftbacktest:
                new HftbacktestRecording(request, journals).Import(cancellation);
                break;
            case RecordingFormat.Cryptofeed:
                new CryptofeedRecording(request, journals).Import(cancellation);
                break;
            default:
                new LinesRecording(request, journals).Import(cancellation);
                break;
        }

        return journals.Finish();
    }

    /// <summary>Names the files by their bytes.</summary>
    static string SourceName(IReadOnlyList<string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        foreach (var path in files)
        {
            using var file = File.OpenRead(path);
            for (int read; (read = file.Read(buffer)) > 0;)
                hash.AppendData(buffer, 0, read);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }
}
