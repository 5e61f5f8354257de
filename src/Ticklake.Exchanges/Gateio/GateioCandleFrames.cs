using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Gateio;

/// <summary>
/// <c>spot.candlesticks</c> (<c>t v c h l o n a w</c>): <c>n</c> is <c>1m_BTC_USDT</c>, <c>t</c> quoted seconds, <c>a</c>
/// the base volume (<c>v</c> is the quote's), <c>w</c> says that the window is closed; that message may never come.
/// </summary>
static class GateioCandleFrames
{
    static readonly ulong Required = JsonLetters.Bit('t') | JsonLetters.Bit('o') | JsonLetters.Bit('h')
        | JsonLetters.Bit('l') | JsonLetters.Bit('c') | JsonLetters.Bit('n');

    /// <summary>The caller adds the envelope's time.</summary>
    public static bool TryTake(
        ref JsonCursor cursor, GateioStreams streams, out NamedStream? stream, out CandleEvent candle)
    {
        long openTime = 0;
        ReadOnlySpan<byte> name = default;
        ExactDecimal open = default, high = default, low = default, close = default;
        ExactDecimal volume = ExactDecimal.None, quoteVolume = volume;
        bool? isClosed = null;
        ulong seen = 0;
        stream = null;
        candle = default;
        if (!cursor.Take((byte)'{'))
            return false;
        do
        {
            if (!JsonLetters.TryTake(ref cursor, out var key))
                return false;
            var isTaken = key switch
            {
                (byte)'t' => GateioValues.TryTakeSeconds(ref cursor, out openTime),
                (byte)'n' => cursor.TakeString(out name),
                (byte)'o' => cursor.TakeQuotedDecimal(out open),
                (byte)'h' => cursor.TakeQuotedDecimal(out high),
                (byte)'l' => cursor.TakeQuotedDecimal(out low),
                (byte)'c' => cursor.TakeQuotedDecimal(out close),
                (byte)'a' => GateioValues.TryTakeOptional(ref cursor, out volume),
                (byte)'v' => GateioValues.TryTakeOptional(ref cursor, out quoteVolume),
                (byte)'w' => TryTakeClosed(ref cursor, out isClosed),
                _ => cursor.Skip(),
            };
            if (!isTaken)
                return false;
            seen |= JsonLetters.Bit(key);
        }
        while (cursor.Take((byte)','));
        if (!cursor.Take((byte)'}') || (seen & Required) != Required)
            return false;
        // The base volume is newer than the rest: recordings of 2021 lack it. It is known where nothing was traded; a candle
        // without it is none that could be stored.
        if (volume.IsNone && quoteVolume.IsZero)
            volume = quoteVolume;
        if (!volume.IsNone)
            stream = streams.Find(GateioStreamKind.Candles, name);
        candle = new CandleEvent(
            EventStamp.Empty, openTime, open, high, low, close, volume, IsSnapshot: false, isClosed);
        return true;
    }

    static bool TryTakeClosed(ref JsonCursor cursor, out bool? isClosed)
    {
        var isTaken = cursor.TakeBool(out var value);
        isClosed = value;
        return isTaken;
    }
}
