using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator;

/// <summary>How a simulation runs. The defaults are what <c>ticklake demo</c> uses.</summary>
public sealed record SimulatorOptions
{
    /// <summary>Port on 127.0.0.1; 0 = any free one.</summary>
    public int Port { get; init; }

    /// <summary>The same seed and <see cref="StartTime"/> give the same markets.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Symbols by venue (<c>binance-usdm</c>); a venue that is not named has its usual ones.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Symbols { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Market steps (orders, cancels, takers) per simulated second and symbol; 0 = still markets.</summary>
    public double EventsPerSecond { get; init; } = 25;

    /// <summary>Simulated seconds per real second.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Time stands still except in <c>ExchangeSimulator.Advance</c>: for tests.</summary>
    public bool IsManual { get; init; }

    /// <summary>Simulated time at the start; null = now, or 2026-11-20 where time is manual.</summary>
    public DateTimeOffset? StartTime { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Pushes generated frames of every subscribed stream as fast as the client reads.</summary>
    public bool Firehose { get; init; }

    /// <summary>Firehose frames per connection after which it falls silent; 0 = no end.</summary>
    public long FirehoseFrames { get; init; }

    /// <summary>File of the truth log, or null for memory only.</summary>
    public string? TruthPath { get; init; }

    public TruthDetail TruthDetail { get; init; } = TruthDetail.Full;

    /// <summary>A JSON file of faults to arm at the start (see <c>FaultBoard.ArmJson</c>).</summary>
    public string? FaultsPath { get; init; }

    /// <summary>Connection, message and weight limits are kept, as the real exchanges do.</summary>
    public bool EnforcesLimits { get; init; }

    /// <summary>
    /// What limits are counted by; null = simulated time, which moves in steps where somebody else moves it.
    /// </summary>
    public TimeProvider? LimitClock { get; init; }

    /// <summary>Bitfinex subscriptions per connection; documents say 25, some clients 30.</summary>
    public int BitfinexChannelLimit { get; init; } = 30;

    /// <summary>Bitfinex checksum after so many book messages of a channel.</summary>
    public int ChecksumEvery { get; init; } = 10;

    /// <summary>Share of trades whose <c>tu</c> never comes.</summary>
    public double MissingConfirmations { get; init; } = 1.0 / 300;

    public TimeSpan BitfinexHeartbeat { get; init; } = TimeSpan.FromSeconds(15);

    public TimeSpan BinancePingInterval { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Simulated life of a Binance connection; the shutdown event comes one simulated minute before its end.
    /// </summary>
    public TimeSpan BinanceConnectionLife { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Journals or plain text files of frames to serve instead of simulated markets.</summary>
    public IReadOnlyList<string> Recordings { get; init; } = [];

    /// <summary>Serve recordings at their own pace times <see cref="Speed"/> instead of at once.</summary>
    public bool PacesRecordings { get; init; }
}
