using Microsoft.AspNetCore.Builder;
using Ticklake.Simulator.Faults;
using Ticklake.Simulator.Market;
using Ticklake.Simulator.Recordings;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;
using Ticklake.Simulator.Venues;

namespace Ticklake.Simulator;

/// <summary>
/// Exchanges on loopback, with faults on order and the truth in a log. Start it, point a client at the addresses,
/// compare
/// afterwards. Every member may be used from any thread.
/// </summary>
public sealed class ExchangeSimulator : IAsyncDisposable
{
    // Thursday before a week-end, far from every round date: what a manual simulation starts with.
    static readonly DateTimeOffset ManualStart = new(2026, 11, 20, 0, 0, 0, TimeSpan.Zero);

    // The ends of cut connections belong in the log; a second is plenty to write them.
    static readonly TimeSpan LastLines = TimeSpan.FromSeconds(1);

    readonly CancellationTokenSource _stop = new();
    readonly WebApplication _server;
    readonly Timeline _timeline;
    readonly Dictionary<string, SimulatedVenue> _venues = [];
    readonly Task _clock;

    ExchangeSimulator(SimulatorOptions options)
    {
        var start = options.StartTime ?? (options.IsManual ? ManualStart : options.Time.GetUtcNow());
        // Read together: building the venues takes a moment, and simulated time must not lag by it.
        var startedAt = options.Time.GetTimestamp();
        _timeline = new(start.ToUnixTimeMilliseconds() * 1000);
        Truth = new(options.TruthPath, options.TruthDetail, _timeline);
        Faults = new(_timeline);
        if (options.FaultsPath is { } path)
            Faults.ArmJson(File.ReadAllText(path));
        _server = SimulatorServer.Build(options.Port);
        if (options.Recordings.Count == 0)
            Open(options);
        else
            RecordedVenue.Open(options, _timeline, Truth, Faults).ForEach(venue => SimulatorServer.Map(_server, venue));
        ControlEndpoints.Map(_server, this);
        _clock = options.IsManual
            ? Task.CompletedTask
            : new SimulatedClock(_timeline, Truth, options, startedAt).RunAsync(_stop.Token);
    }

    /// <summary>Root of everything, <c>http://127.0.0.1:port</c>.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Markets that can be simulated, as paths of a lake name them.</summary>
    public static IReadOnlyList<string> Venues { get; } = [.. VenueCatalog.All.Select(v => v.Id)];

    /// <summary>
    /// So many symbols of a venue: its first usual one, then others of the same form (<c>KRW-AAB</c>).
    /// </summary>
    public static IReadOnlyList<string> SymbolsOf(string venue, int count)
    {
        var model = VenueCatalog.All.Single(v => v.Id == venue).Symbols[0];
        return [.. Enumerable.Range(0, count).Select(
            i => i == 0 ? model : model.Replace("BTC", Letters(i), StringComparison.Ordinal))];

        static string Letters(int number) =>
            string.Concat((char)('A' + (number / 676 % 26)), (char)('A' + (number / 26 % 26)), (char)('A' + (number % 26)));
    }

    public Uri BitfinexWebSocket => WebSocket("bitfinex");

    public Uri BitfinexRest => Rest("bitfinex");

    /// <summary>The client appends <c>/stream</c> or <c>/ws</c>.</summary>
    public Uri BinanceWebSocket => WebSocket("binance");

    public Uri BinanceRest => Rest("binance");

    /// <summary>Base address of a market's stream; the client appends what the exchange's protocol says.</summary>
    public Uri WebSocket(string venue) => new($"ws://{Address.Authority}{_venues.GetValueOrDefault(venue)?.WebSocketPath ?? RecordedPath(venue)}");

    public Uri Rest(string venue) => new($"http://{Address.Authority}/{venue}");

    /// <summary>Base addresses of doors that are on another host at the real exchange, by name.</summary>
    public IReadOnlyDictionary<string, Uri> OtherDoors(string venue) => _venues.GetValueOrDefault(venue)?.OtherDoors
        .ToDictionary(d => d.Key, d => new Uri($"ws://{Address.Authority}{d.Value}")) ?? [];

    public TruthLog Truth { get; }

    public FaultBoard Faults { get; }

    /// <summary>Simulated time now.</summary>
    public DateTimeOffset Now
    {
        get
        {
            lock (_timeline.Gate)
                return DateTimeOffset.FromUnixTimeMilliseconds(_timeline.NowMs);
        }
    }

    public static async Task<ExchangeSimulator> StartAsync(
        SimulatorOptions options, CancellationToken cancellation = default)
    {
        var simulator = new ExchangeSimulator(options);
        try
        {
            await simulator._server.StartAsync(cancellation).ConfigureAwait(false);
            simulator.Address = new(simulator._server.Urls.First());
            return simulator;
        }
        catch
        {
            await simulator.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The market of a symbol on a venue.</summary>
    public ScriptedMarket Market(string venue, string symbol)
    {
        lock (_timeline.Gate)
        {
            return _venues.GetValueOrDefault(venue)?.Market(symbol)
                ?? throw new ArgumentException($"No market {symbol} of {venue} is simulated.", nameof(symbol));
        }
    }

    /// <summary>The market of a symbol on the first venue that has it.</summary>
    public ScriptedMarket Market(string symbol) =>
        Market(_venues.Values.FirstOrDefault(v => v.Market(symbol) is not null)?.Id ?? "any venue", symbol);

    /// <summary>
    /// The book as a client of this stream has it when it has read everything, on the youngest connection that holds it,
    /// where that is not the whole market (<c>book:tBTCUSD:P0:F0:25</c>, a stream of a load test); null elsewhere.
    /// </summary>
    public BookSnapshot? Window(string stream)
    {
        lock (_timeline.Gate)
            return _venues.Values.Select(v => v.Window(stream)).FirstOrDefault(w => w is not null);
    }

    /// <summary>The same where several venues have a stream of this name.</summary>
    public BookSnapshot? Window(string venue, string stream)
    {
        lock (_timeline.Gate)
            return _venues.GetValueOrDefault(venue)?.Window(stream);
    }

    /// <summary>Moves manual time; everything due is sent before this returns.</summary>
    public void Advance(TimeSpan by)
    {
        lock (_timeline.Gate)
            _timeline.RunUntil(_timeline.NowUs + (by.Ticks / TimeSpan.TicksPerMicrosecond));
        Truth.Flush();
    }

    void Open(SimulatorOptions options)
    {
        foreach (var entry in VenueCatalog.All)
        {
            var parts = new VenueParts(entry.Id, _timeline, Truth, Faults, options)
            {
                Symbols = options.Symbols.GetValueOrDefault(entry.Id, entry.Symbols),
            };
            var venue = entry.Create(parts);
            _venues.Add(entry.Id, venue);
            venue.Map(_server);
        }
    }

    static string RecordedPath(string venue) => venue == "bitfinex" ? "/bitfinex/ws/2" : "/" + venue;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _clock.ConfigureAwait(false);
        using (var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200)))
        {
            // Open sockets are cut when the patience ends: that is what a dying exchange looks like.
            await _server.StopAsync(patience.Token).ConfigureAwait(false);
        }

        await Task.WhenAny(Truth.AllClosedAsync(), Task.Delay(LastLines)).ConfigureAwait(false);
        await _server.DisposeAsync().ConfigureAwait(false);
        Truth.Dispose();
        _stop.Dispose();
    }
}
