using Ticklake.Simulator.Faults;

namespace Ticklake.Tests.Simulated;

/// <summary>Faults on OKX, whose three markets speak one protocol.</summary>
static class OkxFaults
{
    static readonly (string Venue, string Symbol, string TradeChannel)[] Markets =
    [
        ("okx", "BTC-USDT", "trades"), ("okx-swap", "BTC-USDT-SWAP", "trades-all"), ("okx-futures", "BTC-USD-261225", "trades"),
    ];

    public static IReadOnlyList<FaultCase> All { get; } =
    [
        .. from market in Markets
           let trades = $"{market.TradeChannel}:{market.Symbol}"
           let books = $"books:{market.Symbol}"
           from fault in BookFaults(market.Venue, books).Concat(TradeFaults(market.Venue, trades))
               .Concat(OtherFaults(market.Venue, market.Symbol)).Concat(FaultCases.Anywhere(market.Venue, trades, books))
           select fault,
    ];

    public static IReadOnlyList<(string Exchange, string Name, string Reason)> NotApplicable { get; } =
    [
        .. from market in Markets
           from reason in new[]
           {
               ("checksum flip", "n/a: checksums are constant 0 since 2026-06-23; old ones are tested on the recording"),
               ("silence of one stream without heartbeats", "n/a: streams have no heartbeats"),
               ("stale REST snapshot", "n/a: books begin in band, no REST book is used"),
               ("429 with Retry-After", "n/a: nothing is asked by REST"),
               ("418 with Retry-After", "n/a: nothing is asked by REST"),
           }
           select (market.Venue, reason.Item1, reason.Item2),
    ];

    static IEnumerable<FaultCase> BookFaults(string venue, string books)
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
                venue, $"{name}, books", [.. first, .. last, "resync", "resynced"], Cure.Resynced,
                new FaultSpec(kind) { Stream = books, AfterMessages = 3 })
            {
                Hole = "gap",
                HoleIn = "books",
                Also = ["disconnect"],
                IsWhole = kind is FaultKind.Reorder or FaultKind.SequenceJump,
            };
        }

        yield return new(
            venue, "duplicate, books", ["duplicate"], Cure.None,
            new FaultSpec(FaultKind.Duplicate) { Stream = books, AfterMessages = 2 })
        { IsWhole = true };
        yield return new(
            venue, "silence of one stream", [], Cure.None,
            new FaultSpec(FaultKind.Silence) { Stream = books, AfterMessages = 1, DurationMs = 5_000 })
        { IsWhole = true, Lasts = TimeSpan.FromSeconds(7) };
        yield return FaultCases.Drifted(venue, books) with { Also = ["disconnect"] };
        yield return new(
            venue, "maintenance: ids begin anew", [], Cure.None, new FaultSpec(FaultKind.Maintenance) { Exchange = venue })
        { IsWhole = true };
    }

    static IEnumerable<FaultCase> TradeFaults(string venue, string trades)
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
                venue, $"{name}, trades", [.. first, .. last], Cure.None, new FaultSpec(kind) { Stream = trades, AfterMessages = 2 })
            { Hole = "gap", HoleIn = "trades", IsWhole = kind is FaultKind.Reorder or FaultKind.SequenceJump };
        }

        yield return new(
            venue, "duplicate, trades", ["duplicate"], Cure.None,
            new FaultSpec(FaultKind.Duplicate) { Stream = trades, AfterMessages = 2 })
        { IsWhole = true };
    }

    static IEnumerable<FaultCase> OtherFaults(string venue, string symbol)
    {
        // The exchange itself repeats best prices as a sign of life: no fault, and no row.
        yield return new(
            venue, "duplicate, best prices", [], Cure.None,
            new FaultSpec(FaultKind.Duplicate) { Stream = $"bbo-tbt:{symbol}", AfterMessages = 2 })
        { IsWhole = true };
        yield return FaultCases.Replaced(
            venue, "notice 64008 and cut", new(FaultKind.DailyCut) { Exchange = venue, DurationMs = 15_000 });
        yield return FaultCases.Cut(venue, "notice 64008, cut at once", new(FaultKind.Restart) { Exchange = venue });
    }
}
