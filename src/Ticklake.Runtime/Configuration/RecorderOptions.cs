using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Runtime.Clocks;
using Ticklake.Runtime.Pipeline;
using Ticklake.Runtime.Selection;
using Ticklake.Runtime.Sessions;

namespace Ticklake.Runtime.Configuration;

/// <summary>Everything ticklake.yml says, checked: the start of a recorder hands each component its own part.</summary>
public sealed record RecorderOptions
{
    /// <summary>The data folder, absolute and writable.</summary>
    public required string Data { get; init; }

    /// <summary>What to record, one entry per market, in the order of the file.</summary>
    public required IReadOnlyList<MarketOptions> Markets { get; init; }

    public SessionTiming Session { get; init; } = new();

    public JournalSettings Journal { get; init; } = new();

    public SegmentSettings Segments { get; init; } = new();

    public DiskOptions Disk { get; init; } = new();

    public ClockSettings Clock { get; init; } = new();

    public LogOptions Log { get; init; } = new();

    /// <summary>
    /// Rows that may wait for the segments; beyond it they are made again from the journal. About a minute of a very busy
    /// recorder, some 200 MB of columns.
    /// </summary>
    public long MostQueuedRows { get; init; } = 2_000_000;

    /// <summary>How often ended sessions are looked after: noted as finished, or their missing rows made.</summary>
    public TimeSpan FinishInterval { get; init; } = TimeSpan.FromMinutes(1);
}

/// <summary>One market to record: where it is reached and which streams are wanted of it.</summary>
public sealed record MarketOptions
{
    public required IExchange Exchange { get; init; }

    public required MarketId Market { get; init; }

    /// <summary>The exchange's own endpoints unless the file names others.</summary>
    public required ExchangeEndpoints Endpoints { get; init; }

    /// <summary>Told to the exchange at the start of each session.</summary>
    public SessionOptions Session { get; init; } = new();

    public required int MaxStreamsPerConnection { get; init; }

    /// <summary>By which ways its symbols leave this machine.</summary>
    public RouteChoice Routes { get; init; } = RouteChoice.Direct;

    /// <summary>How often the exchange's list of instruments is read again.</summary>
    public TimeSpan InstrumentsInterval { get; init; } = TimeSpan.FromHours(6);

    /// <summary>Every stream that is wanted by name, once.</summary>
    public required IReadOnlyList<StreamKey> Streams { get; init; }

    /// <summary>Order books that are asked for by REST.</summary>
    public IReadOnlyList<PolledDepth> Polled { get; init; } = [];

    /// <summary>Streams that are made from the books among <see cref="Streams"/>.</summary>
    public IReadOnlyList<DerivedStream> Derived { get; init; } = [];

    /// <summary>What is wanted of instruments that are not named.</summary>
    public IReadOnlyList<SelectionRule> Rules { get; init; } = [];
}
