using Ticklake.Simulator.Faults;

namespace Ticklake.Tests.Simulated;

/// <summary>Faults on MEXC.</summary>
static class MexcFaults
{
    const string Venue = "mexc";
    const string Depth = "spot@public.aggre.depth.v3.api.pb@100ms@BTCUSDT";
    const string Deals = "spot@public.aggre.deals.v3.api.pb@100ms@BTCUSDT";
    const string Quotes = "spot@public.aggre.bookTicker.v3.api.pb@100ms@BTCUSDT";

    public static IReadOnlyList<FaultCase> All { get; } =
    [
        .. FaultCases.Bridged(new(Venue, "depth", "BTCUSDT", Depth, "depth") { Malformed = "malformed protobuf" }),
        .. Own(),
        .. FaultCases.Anywhere(Venue, Deals, Depth),
    ];

    public static IReadOnlyList<(string Exchange, string Name, string Reason)> NotApplicable { get; } =
    [
        (Venue, "drop, trades", "n/a: trade ids have no order and frames no numbers: nothing shows it"),
        (Venue, "wrong sequence, trades", "n/a: trade ids have no order"),
        (Venue, "reorder, trades", "n/a: trade ids have no order"),
        (Venue, "checksum flip", "n/a: there are no checksums"),
        (Venue, "silence of one stream without heartbeats", "n/a: streams have no heartbeats"),
        (Venue, "maintenance 20060/20061", "n/a: no such notice"),
        (Venue, "restart 20051", "n/a: no such notice"),
    ];

    static IEnumerable<FaultCase> Own()
    {
        yield return new(
            Venue, "malformed protobuf, trades", ["quarantined"], Cure.None,
            new FaultSpec(FaultKind.MalformedJson) { Stream = Deals, AfterMessages = 2 });
        yield return new(
            Venue, "duplicate, trades", ["duplicate"], Cure.None,
            new FaultSpec(FaultKind.Duplicate) { Stream = Deals, AfterMessages = 2 })
        { IsWhole = true };

        // The exchange repeats quotes itself: a repetition is no finding, and no row.
        yield return new(
            Venue, "duplicate, best prices", [], Cure.None,
            new FaultSpec(FaultKind.Duplicate) { Stream = Quotes, AfterMessages = 2 })
        { IsWhole = true };
        yield return FaultCases.Drifted(Venue, Depth);
        yield return new(
            Venue, "error object with status 200", ["gap", "quarantined", "resynced"], Cure.Resynced,
            new FaultSpec(FaultKind.ErrorSnapshot) { Exchange = Venue, Stream = "BTCUSDT" },
            new FaultSpec(FaultKind.Drop) { Stream = Depth, AfterMessages = 3 })
        { Hole = "gap", HoleIn = "books" };
        yield return new(
            Venue, "24 h cut without notice", ["close", "disconnect"], Cure.Reconnected,
            new FaultSpec(FaultKind.DailyCut) { Exchange = Venue })
        { Hole = "disconnect", HoleIn = "ticker", Also = ["gap"] };
    }
}
