using Ticklake.Simulator.Faults;

namespace Ticklake.Tests.Simulated;

/// <summary>The matrix: every fault of the simulator on every exchange where it can happen, and why not where it cannot.</summary>
static class FaultCases
{
    const string Bitfinex = "bitfinex";
    const string Binance = "binance";
    const string Book = "book:tBTCUSD:P0*";
    const string RawBook = "book:tBTCUSD:R0*";
    const string Trades = "trades:tBTCUSD";
    const string Depth = "btcusdt@depth@100ms";
    const string Trade = "btcusdt@trade";

    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Why a fault cannot happen there.</summary>
    public static IReadOnlyList<(string Exchange, string Name, string Reason)> NotApplicable { get; } =
    [
        (Bitfinex, "stale REST snapshot", "n/a: books begin in band, no REST book is used"),
        (Bitfinex, "429 with Retry-After", "n/a: nothing is asked by REST"),
        (Bitfinex, "418 with Retry-After", "n/a: nothing is asked by REST"),
        (Binance, "checksum flip", "n/a: there are no checksums"),
        (Binance, "silence of one stream without heartbeats", "n/a: streams have no heartbeats"),
        (Binance, "maintenance 20060/20061", "n/a: no such notice"),
        (Binance, "restart 20051", "n/a: no such notice; see serverShutdown"),
    ];

    public static IReadOnlyList<FaultCase> All { get; } = [.. OnBitfinex(), .. OnBinance(), .. Anywhere(Bitfinex), .. Anywhere(Binance)];

    static IEnumerable<FaultCase> OnBitfinex()
    {
        yield return Lost("drop", new(FaultKind.Drop) { Stream = Book, AfterMessages = 3 });
        yield return Lost("reorder", new(FaultKind.Reorder) { Stream = Book, AfterMessages = 3 });
        yield return Lost("wrong sequence", new(FaultKind.SequenceJump) { Stream = Book, AfterMessages = 3 });
        yield return Lost("malformed JSON", new(FaultKind.MalformedJson) { Stream = Book, AfterMessages = 3 }) with
        {
            Kinds = ["quarantined", "gap"],
        };
        yield return new(
            Bitfinex, "duplicate", ["duplicate"], Cure.None, new FaultSpec(FaultKind.Duplicate) { Stream = Trades, AfterMessages = 2 })
        { IsWhole = true };
        foreach (var (name, stream, table) in new[] { ("P0", Book, "books"), ("R0", RawBook, "raw_books") })
        {
            yield return new(
                Bitfinex, $"checksum flip {name}", ["checksum_mismatch", "resync", "resynced"], Cure.Resynced,
                new FaultSpec(FaultKind.ChecksumFlip) { Stream = stream, AfterMessages = 1 })
            { Hole = "checksum_mismatch", HoleIn = table, Also = ["disconnect"] };
        }

        yield return new(
            Bitfinex, "silence of one stream, with heartbeats", [], Cure.None,
            new FaultSpec(FaultKind.Silence) { Stream = Trades, AfterMessages = 1, DurationMs = 40_000 })
        { IsWhole = true, Lasts = TimeSpan.FromSeconds(45) };
        yield return new(
            Bitfinex, "silence of one stream without heartbeats", ["heartbeat_lost"], Cure.Resubscribed,
            new FaultSpec(FaultKind.Mute) { Stream = Trades, AfterMessages = 1, DurationMs = 45_000 })
        { Hole = "disconnect", HoleIn = "trades", Also = ["disconnect"], Within = 2 * Minute };
        yield return new(
            Bitfinex, "maintenance 20060/20061", ["maintenance", "maintenance_ended"], Cure.Resubscribed,
            new FaultSpec(FaultKind.Maintenance) { Exchange = Bitfinex, DurationMs = 10_000 })
        { Hole = "disconnect", Also = ["disconnect"] };
        yield return Replaced(Bitfinex, "restart 20051", new(FaultKind.Restart) { Exchange = Bitfinex, DurationMs = 15_000 });
        yield return Cut(Bitfinex, "restart 20051, closed at once", new(FaultKind.Restart) { Exchange = Bitfinex });
        yield return new(
            Bitfinex, "24 h cut", ["close", "disconnect"], Cure.Reconnected, new FaultSpec(FaultKind.DailyCut) { Exchange = Bitfinex })
        { Hole = "disconnect" };

        static FaultCase Lost(string name, FaultSpec fault) =>
            new(Bitfinex, name, ["gap"], Cure.Reconnected, fault) { Hole = "gap", Also = ["disconnect"] };
    }

    static IEnumerable<FaultCase> OnBinance()
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
                Binance, $"{name}, depth", [.. first, .. last, "resynced"], Cure.Resynced,
                new FaultSpec(kind) { Stream = Depth, AfterMessages = 3 })
            { Hole = "gap", HoleIn = "books", IsWhole = kind is FaultKind.Reorder or FaultKind.SequenceJump };
            yield return new(
                Binance, $"{name}, trades", [.. first, .. last], Cure.None, new FaultSpec(kind) { Stream = Trade, AfterMessages = 2 })
            { Hole = "gap", HoleIn = "trades", IsWhole = kind is FaultKind.Reorder or FaultKind.SequenceJump };
        }

        foreach (var (name, stream) in new[] { ("depth", Depth), ("trades", Trade), ("best prices", "btcusdt@bookTicker") })
        {
            yield return new(
                Binance, $"duplicate, {name}", ["duplicate"], Cure.None,
                new FaultSpec(FaultKind.Duplicate) { Stream = stream, AfterMessages = 2 })
            { IsWhole = true };
        }

        yield return new(
            Binance, "silence of one stream", [], Cure.None,
            new FaultSpec(FaultKind.Silence) { Stream = Depth, AfterMessages = 1, DurationMs = 5_000 })
        { IsWhole = true, Lasts = TimeSpan.FromSeconds(7) };
        yield return new(
            Binance, "stale REST snapshot", ["stale_snapshot", "resynced"], Cure.Resynced,
            new FaultSpec(FaultKind.StaleSnapshot) { Exchange = Binance, Stream = "BTCUSDT" })
        { IsFromTheStart = true };
        foreach (var (name, kind) in new[] { ("429", FaultKind.RateLimit), ("418", FaultKind.Ban) })
        {
            yield return new(
                Binance, $"{name} with Retry-After", ["gap", "snapshot_refused", "resynced"], Cure.Resynced,
                new FaultSpec(kind) { Exchange = Binance, Stream = "depth", RetryAfterSeconds = 3 },
                new FaultSpec(FaultKind.Drop) { Stream = Depth, AfterMessages = 3 })
            { Hole = "gap", HoleIn = "books", NotBefore = TimeSpan.FromSeconds(2.5) };
        }

        yield return Replaced(
            Binance, "serverShutdown and cut", new(FaultKind.DailyCut) { Exchange = Binance, DurationMs = 15_000 });
        yield return Cut(Binance, "serverShutdown, cut at once", new(FaultKind.DailyCut) { Exchange = Binance });
    }

    static IEnumerable<FaultCase> Anywhere(string exchange)
    {
        var (trades, book) = exchange == Bitfinex ? (Trades, Book) : (Trade, Depth);
        yield return new(
            exchange, "noise between frames", ["quarantined"], Cure.None, new FaultSpec(FaultKind.GarbageFrame) { Exchange = exchange })
        { IsWhole = true };
        yield return new(
            exchange, "nothing but noise", ["quarantined", "error", "disconnect"], Cure.Reconnected,
            new FaultSpec(FaultKind.GarbageFrame) { Exchange = exchange, AfterMessages = 1, Times = 150 })
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

    static FaultCase Replaced(string exchange, string name, FaultSpec fault) =>
        new(exchange, name, ["server_restarting"], Cure.Replaced, fault);

    // The replacement is on its way when the old connection dies: there is a hole, and it is as short as can be.
    static FaultCase Cut(string exchange, string name, FaultSpec fault) =>
        new(exchange, name, ["server_restarting", "disconnect"], Cure.Replaced, fault)
        { Hole = "disconnect", HoleIn = "ticker", Also = ["gap"] };
}
