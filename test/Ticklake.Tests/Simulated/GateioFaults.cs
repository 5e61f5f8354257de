using Ticklake.Simulator.Faults;

namespace Ticklake.Tests.Simulated;

/// <summary>Faults on Gate.io.</summary>
static class GateioFaults
{
    const string Venue = "gateio";
    const string Book = "spot.obu ob.BTC_USDT.400";
    const string Trade = "spot.trades BTC_USDT";

    public static IReadOnlyList<FaultCase> All { get; } =
    [
        .. Own(),
        .. FaultCases.Anywhere(Venue, Trade, Book),
        .. Older("100", "spot.order_book_update BTC_USDT 100ms"),
        .. Older("20", "spot.order_book_update BTC_USDT 20ms"),
    ];

    public static IReadOnlyList<(string Exchange, string Name, string Reason)> NotApplicable { get; } =
    [
        (Venue, "book drift", "n/a: no document says that order book V2 counts as REST does; the older feed is tested in ReconciliationTests"),
        (Venue, "error object with status 200", "n/a: errors have a status of their own"),
        (Venue, "checksum flip", "n/a: there are no checksums"),
        (Venue, "silence of one stream without heartbeats", "n/a: streams have no heartbeats"),
        (Venue, "maintenance 20060/20061", "n/a: no such notice"),
        (Venue, "restart 20051", "n/a: no such notice; see the upgrade"),
        (Venue, "stale REST snapshot", "n/a: the snapshot is in band; see the older feed"),
        (Venue, "429 with Retry-After", "n/a: no REST in this feed; see the older one"),
        (Venue, "418 with Retry-After", "n/a: no REST in this feed; see the older one"),
    ];

    // The older feed: snapshots by REST, out of a cache that lags.
    static IEnumerable<FaultCase> Older(string levels, string stream) =>
        FaultCases.Bridged(new(Venue, $"book of {levels} by REST", "BTC_USDT", stream, "order_book")
        {
            Of = $", book of {levels} by REST",
        })
        .Select(fault => fault with { BookVariant = levels });

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
                Venue, $"{name}, book", [.. first, .. last, "resynced"], Cure.Resynced,
                new FaultSpec(kind) { Stream = Book, AfterMessages = 3 })
            { Hole = "gap", HoleIn = "books", IsWhole = kind is FaultKind.Reorder or FaultKind.SequenceJump };
            yield return new(
                Venue, $"{name}, trades", [.. first, .. last], Cure.None, new FaultSpec(kind) { Stream = Trade, AfterMessages = 2 })
            { Hole = "gap", HoleIn = "trades", IsWhole = kind is FaultKind.Reorder or FaultKind.SequenceJump };
        }

        foreach (var (name, stream) in new[] { ("book", Book), ("trades", Trade), ("best prices", "spot.book_ticker BTC_USDT") })
        {
            yield return new(
                Venue, $"duplicate, {name}", ["duplicate"], Cure.None,
                new FaultSpec(FaultKind.Duplicate) { Stream = stream, AfterMessages = 2 })
            { IsWhole = true };
        }

        yield return new(
            Venue, "silence of one stream", [], Cure.None,
            new FaultSpec(FaultKind.Silence) { Stream = Book, AfterMessages = 1, DurationMs = 5_000 })
        { IsWhole = true, Lasts = TimeSpan.FromSeconds(7) };
        yield return FaultCases.Replaced(
            Venue, "upgrade announced", new(FaultKind.DailyCut) { Exchange = Venue, DurationMs = 15_000 });
        yield return FaultCases.Cut(Venue, "upgrade, cut at once", new(FaultKind.DailyCut) { Exchange = Venue });
    }
}
