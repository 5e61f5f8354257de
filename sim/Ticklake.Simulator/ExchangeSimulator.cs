using Microsoft.AspNetCore.Builder;
using Ticklake.Simulator.Binance;
using Ticklake.Simulator.Bitfinex;
using Ticklake.Simulator.Faults;
using Ticklake.Simulator.Market;
using Ticklake.Simulator.Recordings;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

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
    readonly BitfinexVenue _bitfinex;
    readonly BinanceVenue _binance;
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
        _bitfinex = new(new("bitfinex", _timeline, Truth, Faults, options));
        _binance = new(new("binance", _timeline, Truth, Faults, options));
        _server = SimulatorServer.Build(options.Port);
        if (options.Recordings.Count == 0)
            SimulatorServer.Map(_server, _bitfinex, _binance);
        else
            RecordedVenue.Open(options, _timeline, Truth, Faults).ForEach(venue => SimulatorServer.Map(_server, venue));
        ControlEndpoints.Map(_server, this);
        _clock = options.IsManual
            ? Task.CompletedTask
            : new SimulatedClock(_timeline, Truth, options, startedAt).RunAsync(_stop.Token);
    }

    /// <summary>Root of everything, <c>http://127.0.0.1:port</c>.</summary>
    public Uri Address { get; private set; } = null!;

    public Uri BitfinexWebSocket => new($"ws://{Address.Authority}/bitfinex/ws/2");

    public Uri BitfinexRest => new($"http://{Address.Authority}/bitfinex");

    /// <summary>The client appends <c>/stream</c> or <c>/ws</c>.</summary>
    public Uri BinanceWebSocket => new($"ws://{Address.Authority}/binance");

    public Uri BinanceRest => new($"http://{Address.Authority}/binance");

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

    /// <summary>The market of a symbol; the exchanges' names do not overlap.</summary>
    public ScriptedMarket Market(string symbol)
    {
        lock (_timeline.Gate)
        {
            return _bitfinex.Market(symbol) ?? _binance.Market(symbol)
                ?? throw new ArgumentException($"No market {symbol} is simulated.", nameof(symbol));
        }
    }

    /// <summary>
    /// The book as a client of this Bitfinex stream (<c>book:tBTCUSD:P0:F0:25</c>), or of this Binance stream of a load
    /// test, has it when it has read everything, on the youngest connection that holds it; null where none does.
    /// </summary>
    public BookSnapshot? Window(string stream)
    {
        lock (_timeline.Gate)
        {
            var channel = _bitfinex.Connections.Reverse().SelectMany(c => c.Channels)
                .FirstOrDefault(c => c.Stream.Name == stream);
            return channel switch
            {
                BookChannel book => book.Window(),
                FirehoseChannel load => load.Window(),
                _ => _binance.LoadBook(stream),
            };
        }
    }

    /// <summary>Moves manual time; everything due is sent before this returns.</summary>
    public void Advance(TimeSpan by)
    {
        lock (_timeline.Gate)
            _timeline.RunUntil(_timeline.NowUs + (by.Ticks / TimeSpan.TicksPerMicrosecond));
        Truth.Flush();
    }

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
