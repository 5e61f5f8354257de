using System.Text;
using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Binance;

/// <summary>
/// <c>kline</c>: <c>e E s k{t T s i f L o c h l v n x q V Q B}</c>; <c>x</c> marks the bucket's last message.
/// </summary>
static class BinanceCandleFrames
{
    static readonly ulong Required = BinanceValues.Bit('t') | BinanceValues.Bit('o') | BinanceValues.Bit('h')
        | BinanceValues.Bit('l') | BinanceValues.Bit('c') | BinanceValues.Bit('v') | BinanceValues.Bit('x');

    static readonly ulong RequiredAround = BinanceValues.Bit('E') | BinanceValues.Bit('k');

    public static bool TryTake(ref JsonCursor cursor, BinanceStream stream, out CandleEvent candle)
    {
        long time = 0;
        ulong seen = 0;
        candle = default;
        if (!cursor.Take((byte)'{'))
            return false;
        do
        {
            if (!BinanceValues.TryTakeKey(ref cursor, out var key))
                return false;
            var isTaken = key switch
            {
                (byte)'e' => BinanceValues.TryTakeType(ref cursor, "kline"u8),
                (byte)'s' => BinanceValues.TryTakeSymbol(ref cursor, stream),
                (byte)'E' => JsonTimes.TryTake(ref cursor, out time),
                (byte)'k' => TryTakeBucket(ref cursor, stream, out candle),
                _ => cursor.Skip(),
            };
            if (!isTaken)
                return false;
            seen |= BinanceValues.Bit(key);
        }
        while (cursor.Take((byte)','));
        candle = candle with { Stamp = new EventStamp(EventStamp.None, time) };
        return cursor.Take((byte)'}') && (seen & RequiredAround) == RequiredAround;
    }

    /// <summary>Looks into the bucket for its interval: a raw frame names it nowhere else.</summary>
    public static bool TryFindInterval(ReadOnlySpan<byte> candle, out ReadOnlySpan<byte> interval)
    {
        interval = default;
        var bucket = new JsonCursor(candle);
        if (!bucket.Take((byte)'{'))
            return false;
        do
        {
            if (!BinanceValues.TryTakeKey(ref bucket, out var key))
                return false;
            if (key == 'i')
                return bucket.TakeString(out interval);
            if (!bucket.Skip())
                return false;
        }
        while (bucket.Take((byte)','));
        return false;
    }

    static bool TryTakeBucket(ref JsonCursor cursor, BinanceStream stream, out CandleEvent candle)
    {
        long openTime = 0;
        ExactDecimal open = default, high = default, low = default, close = default, volume = default;
        var isClosed = false;
        ulong seen = 0;
        candle = default;
        if (!cursor.Take((byte)'{'))
            return false;
        do
        {
            if (!BinanceValues.TryTakeKey(ref cursor, out var key))
                return false;
            var isTaken = key switch
            {
                (byte)'t' => JsonTimes.TryTake(ref cursor, out openTime),
                (byte)'i' => TryTakeInterval(ref cursor, stream),
                (byte)'o' => cursor.TakeQuotedDecimal(out open),
                (byte)'h' => cursor.TakeQuotedDecimal(out high),
                (byte)'l' => cursor.TakeQuotedDecimal(out low),
                (byte)'c' => cursor.TakeQuotedDecimal(out close),
                (byte)'v' => cursor.TakeQuotedDecimal(out volume),
                (byte)'x' => cursor.TakeBool(out isClosed),
                _ => cursor.Skip(),
            };
            if (!isTaken)
                return false;
            seen |= BinanceValues.Bit(key);
        }
        while (cursor.Take((byte)','));
        candle = new CandleEvent(
            EventStamp.Empty, openTime, open, high, low, close, volume, IsSnapshot: false, isClosed);
        return cursor.Take((byte)'}') && (seen & Required) == Required;
    }

    /// <summary>The bucket's interval must be the one that the stream's name promises.</summary>
    static bool TryTakeInterval(ref JsonCursor cursor, BinanceStream stream) =>
        cursor.TakeString(out var interval) && Ascii.Equals(interval, stream.Key.Variant);
}
