using Ticklake.Simulator.Faults;

namespace Ticklake.Tests.Simulated;

/// <summary>Faults on Upbit.</summary>
static class UpbitFaults
{
    const string Venue = "upbit";
    const string Book = "orderbook KRW-BTC";
    const string Trade = "trade KRW-BTC";

    public static IReadOnlyList<FaultCase> All { get; } = [.. Own(), .. FaultCases.Anywhere(Venue, Trade, Book)];

    public static IReadOnlyList<(string Exchange, string Name, string Reason)> NotApplicable { get; } =
    [
        (Venue, "book drift", "n/a: every message is a whole book"),
        (Venue, "error object with status 200", "n/a: no book comes by REST"),
        (Venue, "checksum flip", "n/a: there are no checksums"),
        (Venue, "drop, trades", "n/a: ids are not consecutive, a lost trade shows nowhere"),
        (Venue, "wrong sequence", "n/a: there are no sequence numbers"),
        (Venue, "silence of one stream without heartbeats", "n/a: streams have no heartbeats"),
        (Venue, "maintenance 20060/20061", "n/a: no notice, the socket closes"),
        (Venue, "restart 20051", "n/a: no such notice"),
        (Venue, "stale REST snapshot", "n/a: every book frame is whole"),
        (Venue, "429 with Retry-After", "n/a: no REST"),
        (Venue, "418 with Retry-After", "n/a: no REST"),
    ];

    static IEnumerable<FaultCase> Own()
    {
        yield return new(
            Venue, "drop, book", [], Cure.None, new FaultSpec(FaultKind.Drop) { Stream = Book, AfterMessages = 3 });
        yield return new(
            Venue, "reorder, book", ["out_of_order"], Cure.None, new FaultSpec(FaultKind.Reorder) { Stream = Book, AfterMessages = 3 });
        yield return new(
            Venue, "reorder, trades", [], Cure.None, new FaultSpec(FaultKind.Reorder) { Stream = Trade, AfterMessages = 2 })
        { IsWhole = true };
        foreach (var (name, stream) in new[] { ("book", Book), ("trades", Trade) })
        {
            yield return new(
                Venue, $"malformed JSON, {name}", ["quarantined"], Cure.None,
                new FaultSpec(FaultKind.MalformedJson) { Stream = stream, AfterMessages = 3 });
        }

        yield return new(
            Venue, "duplicate, book", [], Cure.None, new FaultSpec(FaultKind.Duplicate) { Stream = Book, AfterMessages = 2 })
        { IsWhole = true };
        yield return new(
            Venue, "duplicate, trades", ["duplicate"], Cure.None,
            new FaultSpec(FaultKind.Duplicate) { Stream = Trade, AfterMessages = 2 })
        { IsWhole = true };
        yield return new(
            Venue, "silence of one stream", [], Cure.None,
            new FaultSpec(FaultKind.Silence) { Stream = Book, AfterMessages = 1, DurationMs = 5_000 })
        { IsWhole = true, Lasts = TimeSpan.FromSeconds(7) };
    }
}
