using Shouldly;
using Ticklake.Columnar;
using Ticklake.Stores.Compaction;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;
using Ticklake.Tests.Stores.Segments;

namespace Ticklake.Tests.Stores.Compaction;

/// <summary>A lake on a model disk, and what is in it for those who read its manifests.</summary>
sealed class CompactionRig(SegmentOptions? options = null)
{
    public SegmentRig Lake { get; } = new(options ?? new SegmentOptions { RowGroupRows = 40 });

    public ModelFileSystem Disk => Lake.Disk;

    /// <summary>Seals segments of so many trades each, one after the other.</summary>
    public async Task SealAsync(params int[] rows)
    {
        var line = 1L;
        foreach (var count in rows)
        {
            await SealAsync(Lake.Trades(line, count));
            line += count;
        }
    }

    public async Task SealAsync(RowBatch batch)
    {
        await Lake.Store.AppendAsync(batch);
        (await Lake.Store.SealAllAsync(EndReasons.Flush)).ShouldBeEmpty();
    }

    public CompactionReport Compact(CancellationToken cancel = default)
    {
        var setting = new SegmentSetting(Lake.Options, SegmentRig.Folder, Disk, Lake.Catalog, Lake.Pool);
        return LakeCompaction.Run(
            setting,
            CompactionPlan.Of(Lake.Catalog.Entries(), long.MaxValue, Lake.Options.MaxBytes),
            static (_, _) => { },
            cancel);
    }

    /// <summary>The segments there are for a reader that starts now, as a fresh process would; by time.</summary>
    public CatalogEntry[] Sealed() =>
    [
        .. new SegmentCatalog(SegmentRig.Folder, Disk).EverSealed(fault => throw new InvalidDataException(fault))
            .Where(entry => entry.Retired is null).OrderBy(entry => entry.Manifest.FirstRecvUs),
    ];

    /// <summary>The rows of all segments: the hash of each.</summary>
    public List<ulong> Rows() => [.. Sealed().SelectMany(Tables).SelectMany(TableHash.Of)];

    public List<T> Values<T>(string column)
        where T : unmanaged =>
        [.. Sealed().SelectMany(Tables).SelectMany(table => ((FixedValues<T>)table[column]).Values.ToArray())];

    List<ColumnTable> Tables(CatalogEntry entry)
    {
        using var reader = SegmentFile.Open(
            Disk.OpenRead($"{SegmentRig.Folder}/{entry.FilePath}"), SegmentFormat.OfName(entry.FilePath)!);
        return [.. Enumerable.Range(0, reader.GroupRows.Count).Select(reader.Read)];
    }
}
