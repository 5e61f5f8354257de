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
    /// <summary>Every book has its snapshot.</summary>
    public static bool AreWhole(RecordingRig rig) => rig.Simulator.Truth.Streams.Any(s => s.Table == "books" && s.Rows > 0);

    /// <summary>What differs, or null where every book of the exchange is valid and equal. The market must be frozen.</summary>
    public static string? Difference(RecordingRig rig, string venue)
    {
        var market = RiggedMarket.Of(venue);
        return market.Wanted.Where(w => w.Channel is Channel.Books or Channel.RawBooks)
            .Select(w => Difference(rig, market, w.Channel, Truth(rig, market, w.Channel)))
            .FirstOrDefault(d => d is not null);
    }

    /// <summary>What a client of the venue's books must have, or null where nobody has subscribed to them.</summary>
    public static BookSnapshot? Of(RecordingRig rig, string venue) => Truth(rig, RiggedMarket.Of(venue), Channel.Books);

    // What a client of the stream must have where the stream has a window of its own, else the whole market.
    static BookSnapshot? Truth(RecordingRig rig, RiggedMarket market, Channel channel)
    {
        var stream = rig.Simulator.Truth.Streams.FirstOrDefault(s => s.Exchange == market.Venue && s.Table == channel.Name());
        return stream is null
            ? null
            : rig.Simulator.Window(market.Venue, stream.Name) ?? rig.Simulator.Market(market.Venue, market.Symbol).Snapshot();
    }

    static string? Difference(RecordingRig rig, RiggedMarket rigged, Channel channel, BookSnapshot? truth)
    {
        if (truth is null)
            return $"{channel}: the simulator has no such subscription";
        var answer = BookRebuild.Answer(new BookQuestion(rig.Data, rigged.Market, channel, rigged.Symbol));
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

    public static List<string> Lines(BookSnapshot truth) =>
    [
        .. truth.Bids.Select(r => Line("b", r)).Concat(truth.Asks.Select(r => Line("a", r))).Order(StringComparer.Ordinal),
    ];

    public static List<string> Lines(string canonical) =>
        [.. canonical.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];

    static string Line(string side, BookRow row) =>
        (row.OrderId == 0 ? side : $"{side} {row.OrderId}") + $" {Plain(row.Price)} {Plain(row.Amount)}";

    static string Plain(decimal value) => value.ToString("0.####################", CultureInfo.InvariantCulture);
}
