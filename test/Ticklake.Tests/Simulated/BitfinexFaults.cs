using Ticklake.Simulator.Faults;

namespace Ticklake.Tests.Simulated;

/// <summary>Faults on Bitfinex.</summary>
static class BitfinexFaults
{
    const string Venue = "bitfinex";
    const string Book = "book:tBTCUSD:P0*";
    const string RawBook = "book:tBTCUSD:R0*";
    const string Trades = "trades:tBTCUSD";

    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static IReadOnlyList<FaultCase> All { get; } = [.. Own(), .. FaultCases.Anywhere(Venue, Trades, Book)];

    public static IReadOnlyList<(string Exchange, string Name, string Reason)> NotApplicable { get; } =
    [
        (Venue, "stale REST snapshot", "n/a: books begin in band, no REST book is used"),
        (Venue, "book drift", "n/a: a checksum finds it, see checksum flip"),
        (Venue, "error object with status 200", "n/a: nothing is asked by REST"),
        (Venue, "429 with Retry-After", "n/a: nothing is asked by REST"),
        (Venue, "418 with Retry-After", "n/a: nothing is asked by REST"),
    ];

    static IEnumerable<FaultCase> Own()
    {
        yield return Lost("drop", new(FaultKind.Drop) { Stream = Book, AfterMessages = 3 });
        yield return Lost("reorder", new(FaultKind.Reorder) { Stream = Book, AfterMessages = 3 });
        yield return Lost("wrong sequence", new(FaultKind.SequenceJump) { Stream = Book, AfterMessages = 3 });
        yield return Lost("malformed JSON", new(FaultKind.MalformedJson) { Stream = Book, AfterMessages = 3 }) with
        {
            Kinds = ["quarantined", "gap"],
        };
        yield return new(
            Venue, "duplicate", ["duplicate"], Cure.None, new FaultSpec(FaultKind.Duplicate) { Stream = Trades, AfterMessages = 2 })
        { IsWhole = true };
        foreach (var (name, stream, table) in new[] { ("P0", Book, "books"), ("R0", RawBook, "raw_books") })
        {
            yield return new(
                Venue, $"checksum flip {name}", ["checksum_mismatch", "resync", "resynced"], Cure.Resynced,
                new FaultSpec(FaultKind.ChecksumFlip) { Stream = stream, AfterMessages = 1 })
            { Hole = "checksum_mismatch", HoleIn = table, Also = ["disconnect"] };
        }

        yield return new(
            Venue, "silence of one stream, with heartbeats", [], Cure.None,
            new FaultSpec(FaultKind.Silence) { Stream = Trades, AfterMessages = 1, DurationMs = 40_000 })
        { IsWhole = true, Lasts = TimeSpan.FromSeconds(45) };
        yield return new(
            Venue, "silence of one stream without heartbeats", ["heartbeat_lost"], Cure.Resubscribed,
            new FaultSpec(FaultKind.Mute) { Stream = Trades, AfterMessages = 1, DurationMs = 45_000 })
        { Hole = "disconnect", HoleIn = "trades", Also = ["disconnect"], Within = 2 * Minute };
        yield return new(
            Venue, "maintenance 20060/20061", ["maintenance", "maintenance_ended"], Cure.Resubscribed,
            new FaultSpec(FaultKind.Maintenance) { Exchange = Venue, DurationMs = 10_000 })
        { Hole = "disconnect", Also = ["disconnect"] };
        yield return FaultCases.Replaced(Venue, "restart 20051", new(FaultKind.Restart) { Exchange = Venue, DurationMs = 15_000 });
        yield return FaultCases.Cut(Venue, "restart 20051, closed at once", new(FaultKind.Restart) { Exchange = Venue });
        yield return new(
            Venue, "24 h cut", ["close", "disconnect"], Cure.Reconnected, new FaultSpec(FaultKind.DailyCut) { Exchange = Venue })
        { Hole = "disconnect" };

        static FaultCase Lost(string name, FaultSpec fault) =>
            new(Venue, name, ["gap"], Cure.Reconnected, fault) { Hole = "gap", Also = ["disconnect"] };
    }
}
