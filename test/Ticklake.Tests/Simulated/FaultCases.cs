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

    /// <summary>What can happen to a book that is joined to a snapshot by REST.</summary>
    public static IEnumerable<FaultCase> Bridged(BridgedBook at)
    {
        foreach (var (name, kind) in new[]
        {
            ("drop", FaultKind.Drop), ("wrong sequence", FaultKind.SequenceJump), (at.Malformed, FaultKind.MalformedJson),
            ("reorder", FaultKind.Reorder),
        })
        {
            string[] first = kind == FaultKind.MalformedJson ? ["quarantined", "gap"] : ["gap"];
            string[] last = kind == FaultKind.Reorder ? ["out_of_order"] : [];
            yield return new(
                at.Exchange, $"{name}, {at.Name}", [.. first, .. last, "resynced"], Cure.Resynced,
                new FaultSpec(kind) { Stream = at.Stream, AfterMessages = 3 })
            { Hole = "gap", HoleIn = "books", IsWhole = kind is FaultKind.Reorder or FaultKind.SequenceJump };
        }

        yield return new(
            at.Exchange, $"duplicate, {at.Name}", ["duplicate"], Cure.None,
            new FaultSpec(FaultKind.Duplicate) { Stream = at.Stream, AfterMessages = 2 })
        { IsWhole = true };
        yield return new(
            at.Exchange, $"silence of one stream{at.Of}", [], Cure.None,
            new FaultSpec(FaultKind.Silence) { Stream = at.Stream, AfterMessages = 1, DurationMs = 5_000 })
        { IsWhole = true, Lasts = TimeSpan.FromSeconds(7) };
        yield return new(
            at.Exchange, $"stale REST snapshot{at.Of}", ["stale_snapshot", "resynced"], Cure.Resynced,
            new FaultSpec(FaultKind.StaleSnapshot) { Exchange = at.Exchange, Stream = at.Symbol })
        { IsFromTheStart = true };
        foreach (var (name, kind) in new[] { ("429", FaultKind.RateLimit), ("418", FaultKind.Ban) })
        {
            yield return new(
                at.Exchange, $"{name} with Retry-After{at.Of}", ["gap", "snapshot_refused", "resynced"], Cure.Resynced,
                new FaultSpec(kind) { Exchange = at.Exchange, Stream = at.RestPath, RetryAfterSeconds = 3 },
                new FaultSpec(FaultKind.Drop) { Stream = at.Stream, AfterMessages = 3 })
            { Hole = "gap", HoleIn = "books", NotBefore = TimeSpan.FromSeconds(2.5) };
        }
    }

    public static FaultCase Replaced(string exchange, string name, FaultSpec fault) =>
        new(exchange, name, ["server_restarting"], Cure.Replaced, fault);

    // The replacement is on its way when the old connection dies: there is a hole, and it is as short as can be.
    public static FaultCase Cut(string exchange, string name, FaultSpec fault) =>
        new(exchange, name, ["server_restarting", "disconnect"], Cure.Replaced, fault)
        { Hole = "disconnect", HoleIn = "ticker", Also = ["gap"] };
}

/// <summary>A book stream whose snapshot comes by REST.</summary>
/// <param name="Exchange">Where.</param>
/// <param name="Name">What the matrix calls it.</param>
/// <param name="Symbol">Its symbol.</param>
/// <param name="Stream">As the venue names it.</param>
/// <param name="RestPath">Where its snapshots are asked for.</param>
sealed record BridgedBook(string Exchange, string Name, string Symbol, string Stream, string RestPath)
{
    /// <summary>What a frame is that is none.</summary>
    public string Malformed { get; init; } = "malformed JSON";

    /// <summary>Added to the name of a fault that other streams of the market have too.</summary>
    public string Of { get; init; } = "";
}
