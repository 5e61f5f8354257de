using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Coinbase;

/// <summary>
/// The members of one trade as they come; both APIs call them the same, and Advanced Trade quotes the id.
/// </summary>
ref struct CoinbaseTradeMembers(CoinbaseStreamKind kind, CoinbaseStreams streams)
{
    // Id, price, size, side, time and product.
    const int All = 63;

    CoinbaseStream? _stream;
    long _id;
    long _timeUs;
    ExactDecimal _price;
    ExactDecimal _amount;
    TradeSide _side;
    int _seen;

    /// <summary>Takes the value of a member.</summary>
    public bool TryTake(ref JsonCursor cursor, ReadOnlySpan<byte> key)
    {
        if (key.SequenceEqual("trade_id"u8))
            return Saw(1, TryTakeId(ref cursor));
        if (key.SequenceEqual("price"u8))
            return Saw(2, CoinbaseValues.TryTakeAmount(ref cursor, out _price));
        if (key.SequenceEqual("size"u8))
            return Saw(4, CoinbaseValues.TryTakeAmount(ref cursor, out _amount));
        if (key.SequenceEqual("side"u8))
            return Saw(8, TryTakeSide(ref cursor));
        if (key.SequenceEqual("time"u8))
            return Saw(16, CoinbaseValues.TryTakeTime(ref cursor, out _timeUs));
        if (key.SequenceEqual("product_id"u8))
            return Saw(32, TryTakeProduct(ref cursor));
        return cursor.Skip();
    }

    /// <summary>The trade, once its object has been read to its end; false where a member was missing.</summary>
    public readonly bool TryGet(long seq, out CoinbaseTrade trade)
    {
        trade = default;
        if (_seen != All || _timeUs == EventStamp.None)
            return false;
        trade = new CoinbaseTrade(_stream!, new TradeEvent(
            new EventStamp(seq, _timeUs),
            TradeId.Of(_id),
            _timeUs,
            _price,
            _amount,
            _side,
            TradeMessage.Trade,
            IsSnapshot: false));
        return true;
    }

    bool Saw(int member, bool isTaken)
    {
        _seen |= member;
        return isTaken;
    }

    bool TryTakeId(ref JsonCursor cursor) => kind == CoinbaseStreamKind.Matches
        ? cursor.TakeInt64(out _id) && _id >= 0
        : CoinbaseValues.TryTakeQuotedInt64(ref cursor, out _id);

    bool TryTakeProduct(ref JsonCursor cursor)
    {
        if (!cursor.TakeString(out var product))
            return false;
        _stream = streams.Find(kind, product);
        return _stream is not null;
    }

    /// <summary>The maker's side: a resting sell order was bought from.</summary>
    bool TryTakeSide(ref JsonCursor cursor)
    {
        if (!cursor.TakeString(out var text))
            return false;
        if (text.SequenceEqual("sell"u8) || text.SequenceEqual("SELL"u8))
            _side = TradeSide.Buy;
        else if (text.SequenceEqual("buy"u8) || text.SequenceEqual("BUY"u8))
            _side = TradeSide.Sell;
        else
            return false;
        return true;
    }
}
