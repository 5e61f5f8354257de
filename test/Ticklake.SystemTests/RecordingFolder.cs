using System.Text.Json;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Journal;
using Ticklake.Runtime.Recording;
using Ticklake.Runtime.Replay;
using Ticklake.Simulator;
using Ticklake.Stores.Segments;

namespace Ticklake.SystemTests;

/// <summary>A folder with a configuration that records a simulator in this process, and what the recorder left in it.</summary>
sealed class RecordingFolder : IAsyncDisposable
{
    static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    RecordingFolder(ExchangeSimulator simulator) => Simulator = simulator;

    public ExchangeSimulator Simulator { get; }

    public string Root { get; } = Directory.CreateTempSubdirectory("ticklake-system-").FullName;

    public string Data => Path.Combine(Root, "data");

    /// <summary>The recorder's own status file, or null.</summary>
    public RecorderStatus? Status
    {
        get
        {
            var path = Path.Combine(Data, "recorder.json");
            try
            {
                return File.Exists(path) ? JsonSerializer.Deserialize<RecorderStatus>(File.ReadAllBytes(path), Json) : null;
            }
            catch (Exception e) when (e is IOException or JsonException)
            {
                return null;
            }
        }
    }

    public bool IsRecording => Status is { State: "running", Counts.Rows: > 0 } status
        && status.Connections.All(c => c.State == "connected" && c.Live == c.Streams);

    public static async Task<RecordingFolder> CreateAsync()
    {
        var folder = new RecordingFolder(await ExchangeSimulator.StartAsync(new SimulatorOptions { Seed = 7 }));
        await File.WriteAllTextAsync(Path.Combine(folder.Root, "ticklake.yml"), folder.Yaml);
        return folder;
    }

    /// <summary>Sealed segments of the lake's streams, or those of another folder.</summary>
    public IReadOnlyList<CatalogEntry> Segments(string? folder = null)
    {
        var catalog = new SegmentCatalog(folder ?? Data, DiskFileSystem.Instance);
        catalog.Load();
        return [.. catalog.Entries()];
    }

    /// <summary>Rows of every stream.</summary>
    public IReadOnlyList<string> Rows(string? folder = null) =>
    [
        .. Segments(folder).Where(e => e.Stream.Channel != Channel.Controls).GroupBy(e => e.Stream.ToString())
            .Select(g => $"{g.Key} {g.Sum(e => e.Manifest.Rows)}").Order(StringComparer.Ordinal),
    ];

    /// <summary>What the journals alone say every stream has.</summary>
    public async Task<IReadOnlyList<string>> RowsOfJournalsAsync()
    {
        var again = Path.Combine(Root, "again");
        await SegmentReplay.RemakeAsync(Data, again, CancellationToken.None);
        return Rows(again);
    }

    /// <summary>Sessions whose rows are all sealed, of all sessions.</summary>
    public (int Complete, int All) Sessions
    {
        get
        {
            var sessions = JournalFolder.Sessions(Data);
            return (sessions.Count(s => SessionMarker.Find(s) is not null), sessions.Count);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Simulator.DisposeAsync();
        Directory.Delete(Root, recursive: true);
    }

    string Yaml =>
        $$"""
        data: ./data
        exchanges:
          bitfinex:
            websocket: {{Simulator.BitfinexWebSocket}}
            rest: {{Simulator.BitfinexRest}}
            streams:
              - channel: [ticker, trades, books]
                symbols: [tBTCUSD, tETHUSD]
          binance:
            market: spot
            websocket: {{Simulator.BinanceWebSocket}}
            rest: {{Simulator.BinanceRest}}
            streams:
              - channel: [trades, books, book_ticker]
                symbols: [BTCUSDT]

        """;
}
