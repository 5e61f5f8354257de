using System.Globalization;
using System.Text;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Pipeline;
using Ticklake.Runtime.Replay;
using Ticklake.Simulator.Market;

namespace Ticklake.Tests.Simulated;

/// <summary>Compares the books rebuilt from a lake's journals with the simulator's own.</summary>
static class TrueBooks
{
    /// <summary>What differs, or null where every book of the exchange is valid and equal. The market must be frozen.</summary>
    public static string? Difference(RecordingRig rig, string exchange) => exchange == "bitfinex"
        ? Difference(rig, exchange, Channel.Books, "tBTCUSD", Window(rig, "books"))
            ?? Difference(rig, exchange, Channel.RawBooks, "tBTCUSD", Window(rig, "raw_books"))
        : Difference(rig, exchange, Channel.Books, "BTCUSDT", rig.Simulator.Market("BTCUSDT").Snapshot());

    static BookSnapshot? Window(RecordingRig rig, string table) =>
        rig.Simulator.Window(rig.Simulator.Truth.Streams.First(s => s.Exchange == "bitfinex" && s.Table == table).Name);

    static string? Difference(RecordingRig rig, string exchange, Channel channel, string symbol, BookSnapshot? truth)
    {
        if (truth is null)
            return $"{channel}: the simulator has no such subscription";
        var market = new MarketId(exchange, MarketId.Spot);
        var answer = BookRebuild.Answer(new BookQuestion(rig.Data, market, channel, symbol));
        if (answer.State is not { } state)
            return answer.Fault;
        if (state.BookStatus != BookStatus.Valid)
            return $"{channel}: the rebuilt book is {state.BookStatus}";
        var expected = Lines(truth);
        var rebuilt = Lines(Encoding.UTF8.GetString(BookRebuild.Canonical(state)));
        return rebuilt.SequenceEqual(expected)
            ? null
            : $"{channel}: missing [{string.Join(", ", expected.Except(rebuilt).Take(5))}], "
                + $"too much [{string.Join(", ", rebuilt.Except(expected).Take(5))}] of {expected.Count}";
    }

    static List<string> Lines(BookSnapshot truth) =>
    [
        .. truth.Bids.Select(r => Line("b", r)).Concat(truth.Asks.Select(r => Line("a", r))).Order(StringComparer.Ordinal),
    ];

    static List<string> Lines(string canonical) =>
        [.. canonical.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];

    static string Line(string side, BookRow row) =>
        (row.OrderId == 0 ? side : $"{side} {row.OrderId}") + $" {Plain(row.Price)} {Plain(row.Amount)}";

    static string Plain(decimal value) => value.ToString("0.####################", CultureInfo.InvariantCulture);
}
