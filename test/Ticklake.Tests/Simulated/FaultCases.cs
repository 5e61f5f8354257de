using Ticklake.Simulator.Faults;

namespace Ticklake.Tests.Simulated;

/// <summary>The matrix: every fault of the simulator on every market where it can happen, and why not where it cannot.</summary>
static class FaultCases
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static IReadOnlyList<FaultCase> All { get; } =
    [
        .. BitfinexFaults.All,
        .. BinanceFaults.All,
        .. BinanceFuturesFaults.All,
        .. BybitFaults.All,
        .. CoinbaseFaults.All,
        .. GateioFaults.All,
        .. MexcFaults.All,
        .. OkxFaults.All,
        .. UpbitFaults.All,
    ];

    /// <summary>Why a fault cannot happen there.</summary>
    public static IReadOnlyList<(string Exchange, string Name, string Reason)> NotApplicable { get; } =
    [
        .. BitfinexFaults.NotApplicable,
        .. BinanceFaults.NotApplicable,
        .. BinanceFuturesFaults.NotApplicable,
        .. BybitFaults.NotApplicable,
        .. CoinbaseFaults.NotApplicable,
        .. GateioFaults.NotApplicable,
        .. MexcFaults.NotApplicable,
        .. OkxFaults.NotApplicable,
        .. UpbitFaults.NotApplicable,
    ];

    /// <summary>What can happen to any connection; the streams are named as the venue names them.</summary>
    public static IEnumerable<FaultCase> Anywhere(string exchange, string trades, string book)
    {
        yield return new(
            exchange, "noise between frames", ["quarantined"], Cure.None, new FaultSpec(FaultKind.GarbageFrame) { Exchange = exchange })
        { IsWhole = true };
        yield return new(
            exchange, "nothing but noise", ["quarantined", "error", "disconnect"], Cure.Reconnected,
            new FaultSpec(FaultKind.GarbageFrame) { Stream = book, AfterMessages = 1, Times = 150 })
        { Hole = "disconnect", HoleIn = "ticker", Also = ["gap"] };
        yield return new(
            exchange, "16 MB frame", [], Cure.None, new FaultSpec(FaultKind.HugeFrame) { Exchange = exchange })
        { IsWhole = true };
        yield return new(
            exchange, "frame in fragments", [], Cure.None,
            new FaultSpec(FaultKind.FragmentedFrame) { Stream = book, AfterMessages = 3 })
        { IsWhole = true };
        yield return new(
            exchange, "truncated frame", ["error", "disconnect"], Cure.Reconnected,
            new FaultSpec(FaultKind.TruncatedFrame) { Stream = book, AfterMessages = 3 })
        { Hole = "disconnect", HoleIn = "ticker", Also = ["gap"] };
        yield return new(
            exchange, "TCP reset", ["error", "disconnect"], Cure.Reconnected, new FaultSpec(FaultKind.Reset) { Exchange = exchange })
        { Hole = "disconnect", HoleIn = "ticker", Also = ["gap"] };
        yield return new(
            exchange, "silence of the connection", ["error", "disconnect"], Cure.Reconnected,
            new FaultSpec(FaultKind.Mute) { Exchange = exchange })
        { Hole = "disconnect", HoleIn = "ticker", Also = ["gap"], Within = 2 * Minute };
        yield return new(
            exchange, "refused connection (429)", ["error", "disconnect"], Cure.Reconnected,
            new FaultSpec(FaultKind.RefuseConnection) { Exchange = exchange }, new FaultSpec(FaultKind.Reset) { Exchange = exchange })
        { Hole = "disconnect", HoleIn = "ticker", Also = ["gap"], Within = 2 * Minute, NotBefore = Minute };
        yield return new(
            exchange, "refused subscription", ["refused", "stream_refused"], Cure.Resubscribed,
            new FaultSpec(FaultKind.RefuseSubscription) { Exchange = exchange, Stream = trades })
        { IsFromTheStart = true, Within = 2 * Minute };
        yield return new(
            exchange, "acknowledged but silent", ["stream_silent"], Cure.Resubscribed,
            new FaultSpec(FaultKind.SilentSubscription) { Exchange = exchange, Stream = trades })
        { IsFromTheStart = true, Within = 2 * Minute };
    }

    /// <summary>A book that loses a change without a trace: only the exchange's own book shows it.</summary>
    public static FaultCase Drifted(string exchange, string book) =>
        new(exchange, "book drift", ["drift", "resynced"], Cure.Resynced,
            new FaultSpec(FaultKind.Drift) { Stream = book, DurationMs = 8_000 })
        { Hole = "drift", HoleIn = "books", ReconcileEvery = TimeSpan.FromSeconds(4), Lasts = TimeSpan.FromSeconds(15) };

    public static FaultCase Replaced(string exchange, string name, FaultSpec fault) =>
        new(exchange, name, ["server_restarting"], Cure.Replaced, fault);

    // The replacement is on its way when the old connection dies: there is a hole, and it is as short as can be.
    public static FaultCase Cut(string exchange, string name, FaultSpec fault) =>
        new(exchange, name, ["server_restarting", "disconnect"], Cure.Replaced, fault)
        { Hole = "disconnect", HoleIn = "ticker", Also = ["gap"] };
}
