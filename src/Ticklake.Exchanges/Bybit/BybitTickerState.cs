using Ticklake.Core.Events;
using Ticklake.Core.Numbers;

namespace Ticklake.Exchanges.Bybit;

/// <summary>
/// What is known of a ticker: a delta holds only what changed, so a record is its snapshot with every delta since
/// merged into it (v5/websocket/public/ticker: "if the field is not returned, its value has not changed"). On its
/// session's thread.
/// </summary>
sealed class BybitTickerState
{
    readonly ExactDecimal[] _values = new ExactDecimal[BybitTickerFields.Count];

    /// <summary>A snapshot has come: without one, a delta says nothing of the fields it leaves out.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>When the last message was made and its cross sequence, as a context frame repeats them.</summary>
    public EventStamp Stamp { get; private set; }

    public ReadOnlySpan<ExactDecimal> Values => _values;

    /// <summary>Begins anew: what the snapshot does not name has no value.</summary>
    public void Begin()
    {
        _values.AsSpan().Fill(ExactDecimal.None);
        IsKnown = true;
    }

    public void Merge(EventStamp stamp, ReadOnlySpan<ExactDecimal> values, uint seen)
    {
        Stamp = stamp;
        for (var field = 0; seen != 0; field++, seen >>= 1)
        {
            if ((seen & 1) != 0)
                _values[field] = values[field];
        }
    }

    public TickerEvent ToEvent() => new(
        Stamp,
        _values[BybitTickerFields.Bid],
        _values[BybitTickerFields.BidSize],
        _values[BybitTickerFields.Ask],
        _values[BybitTickerFields.AskSize],
        _values[BybitTickerFields.Last],
        _values[BybitTickerFields.Volume],
        _values[BybitTickerFields.High],
        _values[BybitTickerFields.Low],
        DailyChange: ExactDecimal.None,
        _values[BybitTickerFields.Change]);
}
