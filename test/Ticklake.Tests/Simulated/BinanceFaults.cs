using Ticklake.Simulator.Faults;

namespace Ticklake.Tests.Simulated;

/// <summary>Faults on Binance.</summary>
static class BinanceFaults
{
    const string Venue = "binance";
    const string Depth = "btcusdt@depth@100ms";
    const string Trade = "btcusdt@trade";

    public static IReadOnlyList<FaultCase> All { get; } = [.. Own(), .. FaultCases.Anywhere(Venue, Trade, Depth)];

    public static IReadOnlyList<(string Exchange, string Name, string Reason)> NotApplicable { get; } =
    [
        (Venue, "error object with status 200", "n/a: errors have a status of their own"),
        (Venue, "checksum flip", "n/a: there are no checksums"),
        (Venue, "silence of one stream without heartbeats", "n/a: streams have no heartbeats"),
        (Venue, "maintenance 20060/20061", "n/a: no such notice"),
        (Venue, "restart 20051", "n/a: no such notice; see serverShutdown"),
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

        yield return FaultCases.Drifted(Venue, Depth);
        yield return FaultCases.Replaced(
            Venue, "serverShutdown and cut", new(FaultKind.DailyCut) { Exchange = Venue, DurationMs = 15_000 });
        yield return FaultCases.Cut(Venue, "serverShutdown, cut at once", new(FaultKind.DailyCut) { Exchange = Venue });
    }
}
