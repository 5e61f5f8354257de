using Ticklake.Core.Events;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Bitfinex;

/// <summary>
/// Candle payloads, <c>[MTS,OPEN,CLOSE,HIGH,LOW,VOLUME]</c>, mind the order; one or a list, newest first.
/// </summary>
sealed class BitfinexCandleFrames
{
    // A snapshot holds 240 candles or so; nothing says how many.
    CandleEvent[] _candles = [];
    int _count;

    /// <summary>Without stamp and snapshot mark: the caller knows them.</summary>
    public ReadOnlySpan<CandleEvent> Candles => _candles.AsSpan(0, _count);

    public bool TryTake(ref JsonCursor cursor, out bool isList)
    {
        _count = 0;
        isList = false;
        if (_candles.Length == 0)
            _candles = new CandleEvent[256];
        if (!cursor.Take((byte)'['))
            return false;
        if (cursor.Next() is not ((byte)'[' or (byte)']'))
            return TryTakeOne(ref cursor, out _candles[_count++]);
        isList = true;
        if (cursor.Take((byte)']'))
            return true;
        do
        {
            if (_count == _candles.Length)
                Array.Resize(ref _candles, _count * 2);
            if (_count == FrameLimits.Entries || !cursor.Take((byte)'[') || !TryTakeOne(ref cursor, out _candles[_count++]))
                return false;
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)']');
    }

    static bool TryTakeOne(ref JsonCursor cursor, out CandleEvent candle)
    {
        candle = default;
        if (!BitfinexExtras.TryTakeTime(ref cursor, out var openTime) || !cursor.Take((byte)',')
            || !cursor.TakeDecimal(out var open) || !cursor.Take((byte)',')
            || !cursor.TakeDecimal(out var close) || !cursor.Take((byte)',')
            || !cursor.TakeDecimal(out var high) || !cursor.Take((byte)',')
            || !cursor.TakeDecimal(out var low) || !cursor.Take((byte)',')
            || !cursor.TakeDecimal(out var volume) || !cursor.SkipToArrayEnd())
            return false;
        candle = new CandleEvent(
            EventStamp.Empty, openTime, open, high, low, close, volume, IsSnapshot: false, IsClosed: null);
        return true;
    }
}
