using Ticklake.Core.Markets;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;

namespace Ticklake.Tests.Stores.Segments;

/// <summary>A store on a model disk, and its restarts.</summary>
sealed class SegmentRig
{
    public const string Folder = "/data";

    public SegmentRig(SegmentOptions? options = null)
    {
        Options = options ?? new SegmentOptions();
        Restart();
    }

    /// <summary>In force from the next restart on.</summary>
    public SegmentOptions Options { get; set; }

    public ModelFileSystem Disk { get; } = new();

    public RowBatchPool Pool { get; } = new();

    public List<string> Reports { get; } = [];

    /// <summary>What was asked of the journal before a seal.</summary>
    public List<(string File, long Line)> Barriers { get; } = [];

    public Func<string, long, ValueTask> Barrier { get; set; } = static (_, _) => ValueTask.CompletedTask;

    /// <summary>In force from the next restart on.</summary>
    public JournalSlice? Slice { get; set; }

    public SegmentCatalog Catalog { get; private set; } = null!;

    public SegmentStore Store { get; private set; } = null!;

    /// <summary>A new process on the same disk.</summary>
    public RecoveryReport Restart()
    {
        Catalog = new SegmentCatalog(Folder, Disk);
        var report = new SegmentRecovery(Folder, Disk, Catalog).Run(Options.Layout);
        Store = new SegmentStore(new SegmentSetting(Options, Folder, Disk, Catalog, Pool)
        {
            Report = Reports.Add,
            Slice = Slice,
            Barrier = (file, line) =>
            {
                Barriers.Add((file, line));
                return Barrier(file, line);
            },
        });
        return report;
    }

    /// <summary>A batch of trades, one a line.</summary>
    public TradeRows Trades(long firstLine, int count, long startUs = SampleRows.Morning, StreamKey? stream = null) =>
        SampleRows.TradeBatch(Pool, stream).AddTrades(firstLine, count, startUs);

    /// <summary>All sealed segments in the order of their first rows.</summary>
    public CatalogEntry[] Sealed() =>
        [.. Catalog.Manifests().OrderBy(entry => entry.Manifest.FirstRecvUs).ThenBy(entry => entry.Path)];

    /// <summary>Paths below the data folder, without the catalogue.</summary>
    public string[] Paths() =>
    [
        .. Disk.Paths.Select(path => path[(Folder.Length + 1)..])
            .Where(path => !path.StartsWith("catalog/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];
}
