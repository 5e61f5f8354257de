using Ticklake.Simulator.Faults;

namespace Ticklake.Tests.Simulated;

/// <summary>Faults on Bybit, the same on spot and linear.</summary>
static class BybitFaults
{
    const string Book = "orderbook.200.BTCUSDT";
    const string Trades = "publicTrade.BTCUSDT";
    const string Liquidations = "allLiquidation.BTCUSDT";

    static readonly string[] Venues = ["bybit", "bybit-linear"];

    public static IReadOnlyList<FaultCase> All { get; } =
    [
        .. Venues.SelectMany(v => (FaultCase[])[.. Chained(v), .. Others(v), .. FaultCases.Anywhere(v, Trades, Book)]),
        new("bybit-linear", "malformed JSON, liquidations", ["quarantined"], Cure.None,
            new FaultSpec(FaultKind.MalformedJson) { Stream = Liquidations }),
        // They have no ids: what comes twice may as well be two.
        new("bybit-linear", "duplicate, liquidations", [], Cure.None,
            new FaultSpec(FaultKind.Duplicate) { Stream = Liquidations }),
    ];

    public static IReadOnlyList<(string Exchange, string Name, string Reason)> NotApplicable { get; } =
    [
        .. from venue in Venues
           from fault in new[]
           {
               ("checksum flip", "n/a: there are no checksums"),
               ("drop, trades", "n/a: trade ids are unique and not consecutive, nothing shows a lost one"),
               ("reorder, trades", "n/a: no order of trade ids is promised"),
               ("wrong sequence, trades", "n/a: trade ids are not consecutive"),
               ("stale REST snapshot", "n/a: books begin in band, no REST book is used"),
               ("429 with Retry-After", "n/a: nothing is asked by REST"),
               ("418 with Retry-After", "n/a: nothing is asked by REST"),
               ("maintenance 20060/20061", "n/a: no such notice on the market's own path"),
               ("serverShutdown and cut", "n/a: connections are cut without notice"),
           }
           select (venue, fault.Item1, fault.Item2),
        ("bybit-linear", "drop, liquidations", "n/a: they have no ids, nothing shows a lost one"),
    ];

    // A hole in u costs the book; asking for the topic again brings a new snapshot.
    static IEnumerable<FaultCase> Chained(string venue)
    {
        yield return FaultCases.Drifted(venue, Book) with { Faults = [new(FaultKind.Drift) { Exchange = venue, Stream = Book, DurationMs = 8_000 }] };
        foreach (var (name, kind) in new[]
        {
            ("drop", FaultKind.Drop), ("wrong sequence", FaultKind.SequenceJump), ("malformed JSON", FaultKind.MalformedJson),
            ("reorder", FaultKind.Reorder),
        })
        {
            string[] first = kind == FaultKind.MalformedJson ? ["quarantined", "gap"] : ["gap"];
            string[] last = kind == FaultKind.Reorder ? ["out_of_order"] : [];
            yield return new(
                venue, $"{name}, book", [.. first, .. last, "resynced"], Cure.Resynced,
                new FaultSpec(kind) { Stream = Book, AfterMessages = 3 })
            { Hole = "gap", HoleIn = "books", IsWhole = kind is FaultKind.Reorder or FaultKind.SequenceJump };
        }

        yield return new(
            venue, "service restart, u = 1", [], Cure.None, new FaultSpec(FaultKind.Restart) { Exchange = venue })
        { IsWhole = true };
    }

    static IEnumerable<FaultCase> Others(string venue)
    {
        yield return new(
            venue, "malformed JSON, trades", ["quarantined"], Cure.None,
            new FaultSpec(FaultKind.MalformedJson) { Stream = Trades, AfterMessages = 2 });
        foreach (var (name, stream) in new[] { ("book", Book), ("trades", Trades) })
        {
            yield return new(
                venue, $"duplicate, {name}", ["duplicate"], Cure.None,
                new FaultSpec(FaultKind.Duplicate) { Stream = stream, AfterMessages = 2 })
            { IsWhole = true };
        }

        // Best prices repeat themselves by nature.
        yield return new(
            venue, "duplicate, best prices", [], Cure.None,
            new FaultSpec(FaultKind.Duplicate) { Stream = "orderbook.1.BTCUSDT", AfterMessages = 2 })
        { IsWhole = true };
        yield return new(
            venue, "silence of one stream", [], Cure.None,
            new FaultSpec(FaultKind.Silence) { Stream = Book, AfterMessages = 1, DurationMs = 5_000 })
        { IsWhole = true, Lasts = TimeSpan.FromSeconds(7) };
        yield return new(
            venue, "cut without notice", ["close", "disconnect"], Cure.Reconnected,
            new FaultSpec(FaultKind.DailyCut) { Exchange = venue })
        { Hole = "disconnect", HoleIn = "ticker", Also = ["gap"] };
    }
}
