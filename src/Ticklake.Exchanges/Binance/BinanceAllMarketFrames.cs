using Ticklake.Core.Events;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Binance;

/// <summary>
/// Streams of all symbols at once, which others' recordings hold: <c>!markPrice@arr</c> (arrays) and <c>!forceOrder@arr</c>
/// (an object a message). Since the markets were joined in 2026 they hold contracts of USD-M and COIN-M; those of another
/// market than the connection's are left out. On its session's thread.
/// </summary>
sealed class BinanceAllMarketFrames(BinanceProfile profile, BinanceStreams streams)
{
    readonly List<(BinanceStream Stream, MarkPriceEvent Price)> _prices = [];
    (BinanceStream Stream, LiquidationEvent Order)? _liquidation;

    /// <summary>
    /// Reads the payload of an all-market stream. False with <paramref name="isRecorded"/>: it is not as documented.
    /// </summary>
    public bool TryTake(ReadOnlySpan<byte> name, ReadOnlySpan<byte> payload, out bool isRecorded)
    {
        _prices.Clear();
        _liquidation = null;
        var cursor = new JsonCursor(payload);
        isRecorded = profile.IsFutures;
        if (isRecorded && name.SequenceEqual("!markPrice@arr@1s"u8))
            return TryTakePrices(ref cursor, "@markPrice@1s"u8) && cursor.AtEnd();
        if (isRecorded && name.SequenceEqual("!markPrice@arr"u8))
            return TryTakePrices(ref cursor, "@markPrice"u8) && cursor.AtEnd();
        if (isRecorded && name.SequenceEqual("!forceOrder@arr"u8))
            return TryTakeLiquidation(ref cursor) && cursor.AtEnd();
        return isRecorded = false;
    }

    public FrameVerdict Write(IEventWriter writer)
    {
        foreach (var (stream, price) in _prices)
            writer.Write(streams.SlotOf(stream, writer), price);
        if (_liquidation is { } found)
            writer.Write(streams.SlotOf(found.Stream, writer), found.Order);
        return _prices.Count > 0 || _liquidation is not null ? FrameVerdict.Decoded : FrameVerdict.Ignored;
    }

    bool TryTakePrices(ref JsonCursor cursor, ReadOnlySpan<byte> type)
    {
        if (!cursor.Take((byte)'['))
            return false;
        if (cursor.Take((byte)']'))
            return true;
        do
        {
            if (_prices.Count == FrameLimits.Streams
                || !BinanceDerivativeFrames.TryTakePrice(ref cursor, out var contract, out var price))
                return false;
            if (profile.Holds(contract.Kind) && streams.Find(contract.Symbol, type) is { } stream)
                _prices.Add((stream, price));
        }
        while (cursor.Take((byte)','));
        return cursor.Take((byte)']');
    }

    bool TryTakeLiquidation(ref JsonCursor cursor)
    {
        if (!BinanceDerivativeFrames.TryTakeLiquidation(ref cursor, out var contract, out var liquidation))
            return false;
        if (profile.Holds(contract.Kind) && streams.Find(contract.Symbol, "@forceOrder"u8) is { } stream)
            _liquidation = (stream, liquidation);
        return true;
    }
}
