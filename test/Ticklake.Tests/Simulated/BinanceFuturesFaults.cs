using Ticklake.Simulator.Faults;

namespace Ticklake.Tests.Simulated;

/// <summary>Faults on Binance USD-M: two connections, of which the public one has the books and the other the trades.</summary>
static class BinanceFuturesFaults
{
    const string Venue = "binance-usdm";
    const string Depth = "btcusdt@depth@100ms";
    const string Trade = "btcusdt@aggTrade";

    // A fault of one connection shows in this table: the ticker is on the other.
    const string BesideBooks = "book_ticker";

    public static IReadOnlyList<FaultCase> All { get; } =
    [
        .. Own(),
        .. FaultCases.Anywhere(Venue, Trade, Depth).Select(c => c with { HoleIn = c.HoleIn is null ? null : BesideBooks }),
    ];

    public static IReadOnlyList<(string Exchange, string Name, string Reason)> NotApplicable { get; } =
    [
        (Venue, "checksum flip", "n/a: there are no checksums"),
        (Venue, "silence of one stream without heartbeats", "n/a: streams have no heartbeats"),
        (Venue, "maintenance 20060/20061", "n/a: no such notice"),
        (Venue, "restart 20051", "n/a: no such notice"),
        (Venue, "serverShutdown and cut", "n/a: not announced on futures; see 24 h cut"),
    ];

    static IEnumerable<FaultCase> Own()
    {
        foreach (var (name, kind) in new[]
        {
            ("drop", FaultKind.Drop), ("wrong sequence", FaultKind.SequenceJump), ("malformed JSON", FaultKind.MalformedJson),
            ("reorder", FaultKind.Reorder),
        })
        {
            string[] first = kind == FaultKind.MalformedJson ? ["quarantined", "gap"] : ["gap"];
            string[] last = kind == FaultKind.Reorder ? ["out_of_order"] : [];
            yield return new(
                Venue, $"{name}, depth", [.. first, .. last, "resynced"], Cure.Resynced,
                new FaultSpec(kind) { Stream = Depth, AfterMessages = 3 })
            { Hole = "gap", HoleIn = "books", IsWhole = kind is FaultKind.Reorder or FaultKind.SequenceJump };
            yield return new(
                Venue, $"{name}, trades", [.. first, .. last], Cure.None, new FaultSpec(kind) { Stream = Trade, AfterMessages = 2 })
            { Hole = "gap", HoleIn = "trades", IsWhole = kind is FaultKind.Reorder or FaultKind.SequenceJump };
        }

        foreach (var (name, stream) in new[] { ("depth", Depth), ("trades", Trade), ("best prices", "btcusdt@bookTicker") })
        {
            yield return new(
                Venue, $"duplicate, {name}", ["duplicate"], Cure.None,
                new FaultSpec(FaultKind.Duplicate) { Stream = stream, AfterMessages = 2 })
            { IsWhole = true };
        }

        yield return new(
            Venue, "silence of one stream", [], Cure.None,
            new FaultSpec(FaultKind.Silence) { Stream = Depth, AfterMessages = 1, DurationMs = 5_000 })
        { IsWhole = true, Lasts = TimeSpan.FromSeconds(7) };
        yield return FaultCases.Drifted(Venue, Depth);
        yield return new(
            Venue, "stale REST snapshot", ["stale_snapshot", "resynced"], Cure.Resynced,
            new FaultSpec(FaultKind.StaleSnapshot) { Exchange = Venue, Stream = "BTCUSDT" })
        { IsFromTheStart = true };
        foreach (var (name, kind) in new[] { ("429", FaultKind.RateLimit), ("418", FaultKind.Ban) })
        {
            yield return new(
                Venue, $"{name} with Retry-After", ["gap", "snapshot_refused", "resynced"], Cure.Resynced,
                new FaultSpec(kind) { Exchange = Venue, Stream = "depth", RetryAfterSeconds = 3 },
                new FaultSpec(FaultKind.Drop) { Stream = Depth, AfterMessages = 3 })
            { Hole = "gap", HoleIn = "books", NotBefore = TimeSpan.FromSeconds(2.5) };
        }

        yield return new(
            Venue, "24 h cut", ["close", "disconnect"], Cure.Reconnected, new FaultSpec(FaultKind.DailyCut) { Exchange = Venue })
        { Hole = "disconnect", HoleIn = BesideBooks, Also = ["gap"] };
    }
}
