using Ticklake.Simulator;

namespace Ticklake.SystemTests.Crash;

/// <summary>A data folder, the configuration of a recorder that fills it, and the exchanges it records.</summary>
sealed class SimulatedLake : IAsyncDisposable
{
    /// <summary>One connection to each exchange.</summary>
    public const int Connections = 2;

    SimulatedLake(ExchangeSimulator simulator, string folder, string data)
    {
        Simulator = simulator;
        Folder = folder;
        Data = data;
        Configuration = Path.Combine(folder, "ticklake.yml");
        File.WriteAllText(Configuration, Yaml());
    }

    public ExchangeSimulator Simulator { get; }

    public string Folder { get; }

    public string Data { get; }

    public string Configuration { get; }

    public static async Task<SimulatedLake> CreateAsync(double eventsPerSecond, int seed, string? data = null)
    {
        var simulator = await ExchangeSimulator.StartAsync(
            new SimulatorOptions { EventsPerSecond = eventsPerSecond, Seed = seed });
        var folder = Directory.CreateTempSubdirectory("ticklake-crash").FullName;
        return new SimulatedLake(simulator, folder, data ?? Path.Combine(folder, "data"));
    }

    public RecorderProcess Record() => RecorderProcess.Start(Configuration, Connections);

    public async ValueTask DisposeAsync()
    {
        await Simulator.DisposeAsync();
        if (Environment.GetEnvironmentVariable("TICKLAKE_KEEP") is null)
            Directory.Delete(Folder, recursive: true);
    }

    // Everything rotates as often as the configuration allows, so that a kill falls into every kind of work.
    string Yaml() =>
        $"""
        data: {Data}
        exchanges:
          bitfinex:
            websocket: {Simulator.BitfinexWebSocket}
            rest: {Simulator.BitfinexRest}
            streams:
              - channel: [ticker, trades, books, raw_books]
                symbols: [tBTCUSD, tETHUSD]
              - channel: candles
                symbols: [tBTCUSD]
                timeframe: 1m
          binance:
            market: spot
            websocket: {Simulator.BinanceWebSocket}
            rest: {Simulator.BinanceRest}
            streams:
              - channel: [trades, books, book_ticker, ticker]
                symbols: [BTCUSDT, ETHUSDT]
        session:
          rotate_after: 2s
          overlap: 1s
          backoff_min: 10ms
          backoff_max: 100ms
        journal:
          rotate_age: 1s
          sync_interval: 100ms
        segments:
          rotate: 1s
          row_group_rows: 1000

        """;
}
