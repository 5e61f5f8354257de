using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Exchanges.Json;

namespace Ticklake.Exchanges.Binance;

/// <summary>
/// <c>trade</c> (<c>e E s t p q T m M</c>, on futures also <c>X</c>) and <c>aggTrade</c> (<c>e E s a p q f l T m M</c>).
/// <c>m</c> says that the buyer was the maker: then the taker sold. <c>X</c> says what a fill of futures was: only
/// <c>MARKET</c> is a trade, the others (<c>INSURANCE_FUND</c>, <c>ADL</c>, <c>NA</c>) take an id and nothing else.
/// </summary>
static class BinanceTradeFrames
{
    static readonly ulong Required = BinanceValues.Bit('p') | BinanceValues.Bit('q') | BinanceValues.Bit('T')
        | BinanceValues.Bit('m');

    public static bool TryTake(ref JsonCursor cursor, BinanceStream stream, out TradeEvent trade, out bool isMarket)
    {
        isMarket = true;
        var isAggregate = stream.Kind == BinanceStreamKind.AggregateTrade;
        var idKey = (byte)(isAggregate ? 'a' : 't');
        long id = 0, time = 0;
        ExactDecimal price = default, amount = default;
        var takerSold = false;
        ulong seen = 0;
        trade = default;
        if (!cursor.Take((byte)'{'))
            return false;
        do
        {
            if (!BinanceValues.TryTakeKey(ref cursor, out var key))
                return false;
            var isTaken = key switch
            {
                (byte)'e' => BinanceValues.TryTakeType(ref cursor, isAggregate ? "aggTrade"u8 : "trade"u8),
                (byte)'s' => BinanceValues.TryTakeSymbol(ref cursor, stream),
                (byte)'p' => cursor.TakeQuotedDecimal(out price),
                (byte)'q' => cursor.TakeQuotedDecimal(out amount),
                (byte)'T' => JsonTimes.TryTake(ref cursor, out time),
                (byte)'m' => cursor.TakeBool(out takerSold),
                (byte)'X' when stream.IsOfFutures => TryTakeOrigin(ref cursor, out isMarket),
                _ when key == idKey => cursor.TakeInt64(out id),
                _ => cursor.Skip(),
            };
            if (!isTaken)
                return false;
            seen |= BinanceValues.Bit(key);
        }
        while (cursor.Take((byte)','));
        var required = Required | BinanceValues.Bit(idKey);
        if (!cursor.Take((byte)'}') || (seen & required) != required || price.IsNegative || amount.IsNegative)
            return false;
        trade = new TradeEvent(
            new EventStamp(EventStamp.None, time),
            TradeId.Of(id),
            time,
            price,
            amount,
            takerSold ? TradeSide.Sell : TradeSide.Buy,
            isAggregate ? TradeMessage.Aggregate : TradeMessage.Trade,
            IsSnapshot: false);
        return true;
    }

    static bool TryTakeOrigin(ref JsonCursor cursor, out bool isMarket)
    {
        var isTaken = cursor.TakeString(out var origin);
        isMarket = origin.SequenceEqual("MARKET"u8);
        return isTaken;
    }
}
