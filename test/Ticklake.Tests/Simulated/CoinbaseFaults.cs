using Ticklake.Simulator.Faults;

namespace Ticklake.Tests.Simulated;

/// <summary>Faults on Coinbase: books on the counted connection, trades on the other.</summary>
static class CoinbaseFaults
{
    const string Venue = "coinbase";
    const string Book = "level2:BTC-USD";
    const string Trades = "exchange/matches:BTC-USD";
    const string Noise = "nothing but noise";

    // Two connections of one address: noise must hit the one whose tables are judged.
    public static IReadOnlyList<FaultCase> All { get; } =
        [.. Own(), .. FaultCases.Anywhere(Venue, Trades, Book).Where(c => c.Name != Noise)];

    public static IReadOnlyList<(string Exchange, string Name, string Reason)> NotApplicable { get; } =
    [
        (Venue, "book drift", "n/a: the REST book has no sequence to align it by"),
        (Venue, "checksum flip", "n/a: there are no checksums"),
        (Venue, "stale REST snapshot", "n/a: books begin in band, no REST book is used"),
        (Venue, "429 with Retry-After", "n/a: nothing is asked by REST"),
        (Venue, "418 with Retry-After", "n/a: nothing is asked by REST"),
        (Venue, "silence of one stream without heartbeats", "n/a: heartbeats are not of a stream; see silence of the connection"),
        (Venue, "maintenance 20060/20061", "n/a: no such notice"),
        (Venue, "restart 20051", "n/a: no such notice; see ErrSlowConsume"),
    ];

    static IEnumerable<FaultCase> Own()
    {
        yield return OfBooks("drop", FaultKind.Drop);
        yield return OfBooks("reorder", FaultKind.Reorder);
        yield return OfBooks("wrong sequence", FaultKind.SequenceJump);
        yield return OfBooks("malformed JSON", FaultKind.MalformedJson);
        yield return OfTrades("drop", FaultKind.Drop);
        yield return OfTrades("reorder", FaultKind.Reorder);
        yield return OfTrades("wrong sequence", FaultKind.SequenceJump);
        yield return OfTrades("malformed JSON", FaultKind.MalformedJson);
        foreach (var (name, stream) in new[] { ("level2", Book), ("matches", Trades) })
        {
            yield return new(
                Venue, $"duplicate, {name}", ["duplicate"], Cure.None,
                new FaultSpec(FaultKind.Duplicate) { Stream = stream, AfterMessages = 2 })
            { IsWhole = true };
        }

        yield return new(
            Venue, "silence of one stream, with heartbeats", [], Cure.None,
            new FaultSpec(FaultKind.Silence) { Stream = Book, AfterMessages = 1, DurationMs = 20_000 })
        { IsWhole = true, Lasts = TimeSpan.FromSeconds(22) };
        yield return new(
            Venue, "silence of matches, whose heartbeats name what is missing", ["gap"], Cure.Resubscribed,
            new FaultSpec(FaultKind.Silence) { Stream = Trades, AfterMessages = 1, DurationMs = 20_000 })
        { Hole = "gap", HoleIn = "trades", Also = ["out_of_order", "disconnect"], Lasts = TimeSpan.FromSeconds(22) };
        yield return new(
            Venue, Noise, ["quarantined", "error", "disconnect"], Cure.Reconnected,
            new FaultSpec(FaultKind.GarbageFrame) { Exchange = Venue, Stream = Book, AfterMessages = 1, Times = 150 })
        { Hole = "disconnect", HoleIn = "ticker", Also = ["gap"] };
        yield return FaultCases.Replaced(
            Venue, "ErrSlowConsume and cut", new(FaultKind.Restart) { Exchange = Venue, DurationMs = 15_000 });
        yield return FaultCases.Cut(Venue, "ErrSlowConsume, cut at once", new(FaultKind.Restart) { Exchange = Venue });
        yield return new(
            Venue, "24 h cut", ["close", "disconnect"], Cure.Reconnected, new FaultSpec(FaultKind.DailyCut) { Exchange = Venue })
        { Hole = "disconnect", HoleIn = "ticker", Also = ["gap"] };
    }

    // A hole in the connection's number voids everything on it.
    static FaultCase OfBooks(string name, FaultKind kind) => new(
        Venue, $"{name}, level2", kind == FaultKind.MalformedJson ? ["quarantined", "gap"] : ["gap"], Cure.Reconnected,
        new FaultSpec(kind) { Stream = Book, AfterMessages = 3 })
    { Hole = "gap", HoleIn = "books", Also = ["disconnect", "out_of_order"] };

    // Trades are numbered by themselves.
    static FaultCase OfTrades(string name, FaultKind kind)
    {
        string[] first = kind == FaultKind.MalformedJson ? ["quarantined", "gap"] : ["gap"];
        string[] last = kind == FaultKind.Reorder ? ["out_of_order"] : [];
        return new(
            Venue, $"{name}, matches", [.. first, .. last], Cure.None, new FaultSpec(kind) { Stream = Trades, AfterMessages = 2 })
        {
            Hole = "gap",
            HoleIn = "trades",
            IsWhole = kind is FaultKind.Reorder or FaultKind.SequenceJump,
            // Asked for again, the stream begins with its last trade: that may be the lost one.
            Also = ["out_of_order"],
        };
    }
}
