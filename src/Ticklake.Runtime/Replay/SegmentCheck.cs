using System.Security.Cryptography;
using System.Text.Json;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;

namespace Ticklake.Runtime.Replay;

/// <summary>Compares one segment with its manifest, and the manifest with the catalogue. One thread.</summary>
sealed class SegmentCheck(string lake, SegmentCatalog catalog, VerificationReport report)
{
    /// <summary>Looks at a segment and returns its ranges, filled with the rows it holds.</summary>
    public async Task<IReadOnlyList<SealedRange>> RunAsync(
        string manifestPath, CatalogEntry? catalogued, CancellationToken cancel)
    {
        if ((ReadManifest(manifestPath, catalogued) ?? catalogued) is not { } entry)
            return [];
        report.Segments++;
        var ranges = entry.Manifest.Journal.Select(x => new SealedRange(entry.FilePath, entry.Stream, x)).ToList();
        var own = new SideFile(entry.FilePath, entry.Manifest.Bytes, entry.Manifest.Sha256);
        var isReadable = await HasItsBytesAsync(own, cancel).ConfigureAwait(false) && TryScan(entry, ranges, cancel);
        foreach (var file in entry.Manifest.SideFiles)
            await HasItsBytesAsync(file with { Name = entry.Beside(file.Name) }, cancel).ConfigureAwait(false);
        foreach (var range in ranges)
            range.IsComparable = isReadable;
        return ranges;
    }

    /// <summary>The manifest, or null after telling what is wrong with it.</summary>
    CatalogEntry? ReadManifest(string path, CatalogEntry? catalogued)
    {
        try
        {
            var entry = catalog.ReadManifest(path);
            if (catalogued is null)
                report.Note($"{path}: the catalogue does not list it; the next start of a recorder puts that right");
            else
                CompareCopies(entry, catalogued);
            return entry;
        }
        catch (FileNotFoundException)
        {
            report.Add(path, "the catalogue lists this manifest, and it is gone");
        }
        catch (DirectoryNotFoundException)
        {
            report.Add(path, "the catalogue lists this manifest, and its folder is gone");
        }
        catch (InvalidDataException fault)
        {
            report.Add(path, fault.Message[(path.Length + ": ".Length)..]);
        }

        return null;
    }

    void CompareCopies(CatalogEntry entry, CatalogEntry catalogued)
    {
        using var own = JsonDocument.Parse(ManifestJson.Write(entry.Manifest));
        using var copy = JsonDocument.Parse(ManifestJson.Write(catalogued.Manifest));
        foreach (var member in own.RootElement.EnumerateObject())
        {
            if (!copy.RootElement.TryGetProperty(member.Name, out var there))
            {
                report.Add(entry.Path, $"says {member.Name} {member.Value.GetRawText()}, its copy in the catalogue does not");
                continue;
            }

            if (JsonElement.DeepEquals(member.Value, there))
                continue;
            report.Add(
                entry.Path,
                $"says {member.Name} {member.Value.GetRawText()}, its copy in the catalogue {there.GetRawText()}");
        }
    }

    async Task<bool> HasItsBytesAsync(SideFile said, CancellationToken cancel)
    {
        var path = Path.Combine(lake, said.Name);
        if (!File.Exists(path))
        {
            report.Add(said.Name, "the file is missing");
            return false;
        }

        await using var file = File.OpenRead(path);
        report.SegmentBytes += file.Length;
        if (file.Length != said.Bytes)
            report.Add(said.Name, $"has {file.Length} bytes, the manifest says {said.Bytes}");
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel).ConfigureAwait(false));
        if (hash != said.Sha256)
            report.Add(said.Name, $"its SHA-256 is {hash}, the manifest says {said.Sha256}");
        return true;
    }

    bool TryScan(CatalogEntry entry, IReadOnlyList<SealedRange> ranges, CancellationToken cancel)
    {
        try
        {
            using var reader = SegmentFile.Open(Path.Combine(lake, entry.FilePath));
            if (entry.Manifest.SchemaVersion != TableSchemas.Version)
            {
                report.Note(
                    $"{entry.FilePath}: made with table version {entry.Manifest.SchemaVersion}; its rows cannot be compared with "
                    + $"those of version {TableSchemas.Version}");
                report.UnverifiableRows += reader.RowCount;
                return false;
            }

            if (TableSchemas.FormOf(entry.Stream.Channel, reader.Schema) is not { } numbers)
            {
                report.Add(entry.FilePath, $"its columns are not those of the table {entry.Stream.Channel}");
                return false;
            }

            foreach (var range in ranges)
                range.Numbers = numbers;
            if (SegmentFormat.OfName(entry.FilePath) is not { HasMetadata: false })
                CompareMetadata(entry, reader.Metadata);
            var scan = new SegmentScan(entry, ranges, report);
            for (var i = 0; i < reader.GroupRows.Count; i++)
            {
                cancel.ThrowIfCancellationRequested();
                scan.Add(reader.Read(i));
            }

            scan.Finish();
            report.SegmentRows += scan.Rows;
            return true;
        }
        catch (Exception fault) when (fault is InvalidDataException or NotSupportedException or EndOfStreamException)
        {
            report.Add(entry.FilePath, $"cannot be read: {fault.Message}");
            return false;
        }
    }

    void CompareMetadata(CatalogEntry entry, IReadOnlyList<KeyValuePair<string, string>> metadata)
    {
        var manifest = entry.Manifest;
        foreach (var (key, value) in SegmentMetadata.Of(manifest.Stream, manifest.Journal, manifest.Gaps))
        {
            var own = metadata.FirstOrDefault(x => x.Key == key).Value;
            if (own != value)
                report.Add(entry.FilePath, $"its metadata {key} is {own ?? "missing"}, the manifest gives {value}");
        }
    }
}
