using Ticklake.Simulator;

namespace Ticklake.SystemTests.Crash;

/// <summary>A data folder, the configuration of a recorder that fills it, and the exchanges it records.</summary>
sealed class SimulatedLake : IAsyncDisposable
{
    /// <summary>One connection to each exchange.</summary>
    public const int Connections = 2;

    readonly string _rotateAfter;
    bool _isStopped;

    SimulatedLake(ExchangeSimulator simulator, string folder, string data, string rotateAfter)
    {
        _rotateAfter = rotateAfter;
        Simulator = simulator;
        Folder = folder;
        Data = data;
        Configuration = Path.Combine(folder, "ticklake.yml");
        Configure("parquet");
    }

    public ExchangeSimulator Simulator { get; }

    public string Folder { get; }

    public string Data { get; }

    public string Configuration { get; }

    public static async Task<SimulatedLake> CreateAsync(double eventsPerSecond, int seed, string? data = null, string rotateAfter = "2s")
    {
        var simulator = await ExchangeSimulator.StartAsync(
            new SimulatorOptions
            {
                EventsPerSecond = eventsPerSecond,
                Seed = seed,
                Symbols = new Dictionary<string, IReadOnlyList<string>>
                {
                    ["bitfinex"] = ["tBTCUSD", "tETHUSD"],
                    ["binance"] = ["BTCUSDT", "ETHUSDT"],
                },
            });
        var folder = Directory.CreateTempSubdirectory("ticklake-crash").FullName;
        return new SimulatedLake(simulator, folder, data ?? Path.Combine(folder, "data"), rotateAfter);
    }

    /// <summary>Gives the next recorder another format of segments.</summary>
    public void Configure(string format) => File.WriteAllText(Configuration, Yaml(format));

    /// <summary>What is wrong with the lake, in words: nothing.</summary>
    public async Task<IReadOnlyList<string>> FaultsAsync()
    {
        var derived = await LakeRows.DerivedAsync(Data);
        var stored = LakeRows.Sealed(Data);
        var journals = new JournalsAgainstTruth(Data, Simulator.Truth, []);
        return
        [
            .. LakeRows.Differences(derived, stored), .. derived.Faults, .. stored.Faults, .. journals.Faults,
            .. derived.Count > 0 ? [] : new[] { "the lake is empty" },
        ];
    }

    public RecorderProcess Record() => RecorderProcess.Start(Configuration, Connections);

    /// <summary>The exchanges end; what they sent can still be asked for.</summary>
    public async ValueTask StopExchangesAsync()
    {
        if (!_isStopped)
            await Simulator.DisposeAsync();
        _isStopped = true;
    }

    public async ValueTask DisposeAsync()
    {
        await StopExchangesAsync();
        if (Environment.GetEnvironmentVariable("TICKLAKE_KEEP") is null)
            Directory.Delete(Folder, recursive: true);
    }

    // Everything rotates as often as the configuration allows, so that a kill falls into every kind of work.
    string Yaml(string format) =>
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
          rotate_after: {_rotateAfter}
          overlap: 1s
          backoff_min: 10ms
          backoff_max: 100ms
        journal:
          rotate_age: 1s
          sync_interval: 100ms
        segments:
          rotate: 1s
          row_group_rows: 1000
          format: {format}

        """;
}
