using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Coinbase;

/// <summary>A ticker of the frame at hand and its stream.</summary>
readonly record struct CoinbaseTicker(CoinbaseStream Stream, TickerEvent Event);

/// <summary>
/// Tickers of both APIs, which name the same figures differently (<c>volume_24_h</c>, <c>volume_24h</c>). A product
/// without trades leaves figures out; recordings from before 2022 have no sizes.
/// </summary>
sealed class CoinbaseTickerFrames(CoinbaseStreams streams)
{
    const int PercentPlaces = 2;

    readonly FrameRows<CoinbaseTicker> _tickers = new();

    public ReadOnlySpan<CoinbaseTicker> Tickers => _tickers.Written;

    public void BeginFrame() => _tickers.Clear();

    /// <summary>One element of <c>events</c>, from after its brace; snapshots and updates are alike.</summary>
    public bool TryTakeEvent(ref JsonCursor cursor)
    {
        var hasTickers = false;
        do
        {
            if (!cursor.TakeKey(out var key))
                return false;
            var isTaken = key.SequenceEqual("tickers"u8)
                ? hasTickers = TryTakeTickers(ref cursor)
                : cursor.Skip();
            if (!isTaken)
                return false;
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)'}') && hasTickers;
    }

    /// <summary>A ticker of Exchange, from its first member to its brace.</summary>
    public bool TryTakeOfExchange(ref JsonCursor cursor) => TryTakeMembers(ref cursor, CoinbaseStreamKind.ExchangeTicker);

    bool TryTakeTickers(ref JsonCursor cursor)
    {
        if (!cursor.Take((byte)'['))
            return false;
        if (cursor.Take((byte)']'))
            return true;
        do
        {
            if (!cursor.Take((byte)'{') || !TryTakeMembers(ref cursor, CoinbaseStreamKind.Ticker))
                return false;
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)']');
    }

    bool TryTakeMembers(ref JsonCursor cursor, CoinbaseStreamKind kind)
    {
        ReadOnlySpan<byte> product = default;
        var stamp = EventStamp.Empty;
        var none = ExactDecimal.None;
        var ticker = new TickerEvent(stamp, none, none, none, none, none, none, none, none, none, none);
        do
        {
            if (!cursor.TakeKey(out var key))
                return false;
            bool isTaken;
            if (key.SequenceEqual("product_id"u8))
                isTaken = cursor.TakeString(out product);
            else if (kind == CoinbaseStreamKind.ExchangeTicker && key.SequenceEqual("sequence"u8))
            {
                isTaken = cursor.TakeInt64(out var sequence);
                stamp = stamp with { Seq = sequence };
            }
            else if (kind == CoinbaseStreamKind.ExchangeTicker && key.SequenceEqual("time"u8))
            {
                isTaken = CoinbaseValues.TryTakeTime(ref cursor, out var time);
                stamp = stamp with { ExchangeTimeUs = time };
            }
            else
                isTaken = TryTakeFigure(ref cursor, key, ref ticker);
            if (!isTaken)
                return false;
        }
        while (cursor.Take((byte)','));
        if (!cursor.Take((byte)'}') || streams.Find(kind, product) is not { } stream)
            return false;
        _tickers.Add(new CoinbaseTicker(stream, ticker with { Stamp = stamp }));
        return true;
    }

    static bool TryTakeFigure(ref JsonCursor cursor, ReadOnlySpan<byte> key, ref TickerEvent ticker)
    {
        if (key.SequenceEqual("price"u8))
            return TryTake(ref cursor, out var last) && Set(ref ticker, ticker with { Last = last });
        if (key.SequenceEqual("volume_24_h"u8) || key.SequenceEqual("volume_24h"u8))
            return TryTake(ref cursor, out var volume) && Set(ref ticker, ticker with { Volume = volume });
        if (key.SequenceEqual("low_24_h"u8) || key.SequenceEqual("low_24h"u8))
            return TryTake(ref cursor, out var low) && Set(ref ticker, ticker with { Low = low });
        if (key.SequenceEqual("high_24_h"u8) || key.SequenceEqual("high_24h"u8))
            return TryTake(ref cursor, out var high) && Set(ref ticker, ticker with { High = high });
        if (key.SequenceEqual("best_bid"u8))
            return TryTake(ref cursor, out var bid) && Set(ref ticker, ticker with { Bid = bid });
        if (key.SequenceEqual("best_bid_quantity"u8) || key.SequenceEqual("best_bid_size"u8))
            return TryTake(ref cursor, out var bidSize) && Set(ref ticker, ticker with { BidSize = bidSize });
        if (key.SequenceEqual("best_ask"u8))
            return TryTake(ref cursor, out var ask) && Set(ref ticker, ticker with { Ask = ask });
        if (key.SequenceEqual("best_ask_quantity"u8) || key.SequenceEqual("best_ask_size"u8))
            return TryTake(ref cursor, out var askSize) && Set(ref ticker, ticker with { AskSize = askSize });
        if (key.SequenceEqual("price_percent_chg_24_h"u8))
            return TryTake(ref cursor, out var percent)
                && Set(ref ticker, ticker with { DailyChangeRelative = FractionOf(percent) });
        return cursor.Skip();
    }

    static bool TryTake(ref JsonCursor cursor, out ExactDecimal value) =>
        CoinbaseValues.TryTakeOptional(ref cursor, out value);

    static bool Set(ref TickerEvent ticker, in TickerEvent changed)
    {
        ticker = changed;
        return true;
    }

    static ExactDecimal FractionOf(ExactDecimal percent) =>
        percent.IsNone || percent.Scale > ExactDecimal.MaxScale - PercentPlaces
            ? ExactDecimal.None
            : percent.ShiftPoint(PercentPlaces);
}
