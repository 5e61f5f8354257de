using Ticklake.Core.Events;
using Ticklake.Core.Time;

namespace Ticklake.Runtime.Pipeline;

/// <summary>
/// Holds executed trades (<c>te</c>) until their confirmation (<c>tu</c>) has come or <see cref="Patience"/> has passed on
/// the frames' own clock, so that each trade is one row whose message type says whether it was confirmed, whatever the
/// moment at which segments are cut. Rows leave in the order they came. Session thread only.
/// </summary>
public sealed class TradeConfirmations
{
    /// <summary>The documentation gives a second or two, recordings 30 to 50 ms (bitfinex.md 4.4).</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    readonly Queue<HeldTrade> _held = new();
    readonly Dictionary<TradeId, HeldTrade> _unconfirmed = [];
    readonly Stack<HeldTrade> _spare = new();

    public int Count => _held.Count;

    public void Hold(in TradeEvent trade, in RowPlace place)
    {
        var held = _spare.TryPop(out var spare) ? spare : new HeldTrade();
        held.Trade = trade;
        held.Place = place;
        held.IsSettled = trade.IsSnapshot || trade.Message != TradeMessage.Executed;
        _held.Enqueue(held);
        if (!held.IsSettled)
            _unconfirmed[trade.Id] = held;
    }

    /// <summary>Marks a held trade confirmed, with the confirmation's values; false where none is held.</summary>
    public bool Confirm(in TradeEvent confirmation)
    {
        if (!_unconfirmed.Remove(confirmation.Id, out var held))
            return false;
        held.Trade = held.Trade with
        {
            Message = TradeMessage.Updated,
            Price = confirmation.Price,
            Amount = confirmation.Amount,
            Side = confirmation.Side,
        };
        held.IsSettled = true;
        return true;
    }

    /// <summary>The next trade that is settled, or overdue at <paramref name="now"/> (null: whatever its age).</summary>
    public bool TryRelease(TimestampNs? now, out TradeEvent trade, out RowPlace place)
    {
        trade = default;
        place = default;
        if (!_held.TryPeek(out var held) || !(held.IsSettled || now is not { } time || IsOverdue(held, time)))
            return false;
        _held.Dequeue();
        if (!held.IsSettled)
            _unconfirmed.Remove(held.Trade.Id);
        trade = held.Trade;
        place = held.Place;
        _spare.Push(held);
        return true;
    }

    // A clock that stepped back must not keep trades for ever.
    static bool IsOverdue(HeldTrade held, TimestampNs now) => (now - held.Place.Time).Duration() > Patience;

    sealed class HeldTrade
    {
        public TradeEvent Trade { get; set; }

        public RowPlace Place { get; set; }

        public bool IsSettled { get; set; }
    }
}
