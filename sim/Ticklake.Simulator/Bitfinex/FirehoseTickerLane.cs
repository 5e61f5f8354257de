using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.Bitfinex;

/// <summary>Tickers whose last price moves with every message.</summary>
sealed class FirehoseTickerLane(BitfinexChannel channel, SymbolSpec symbol) : FirehoseLane(channel.Stream, 1)
{
    long _n;

    public override bool WriteNext(Utf8Text text)
    {
        var (price, scale) = (symbol.StartPrice + (++_n % 9), symbol.PriceScale);
        text.Raw("["u8).Integer(channel.ChanId).Raw(",["u8).Number(price - 1, scale).Raw(",31.8905,"u8)
            .Number(price + 1, scale).Raw(",43.358118629999986,"u8).Number(-550, scale).Raw(",-0.0085,"u8)
            .Number(price, scale).Raw(","u8).Amount(831_471_000_000 + _n).Raw(","u8).Number(price + 900, scale)
            .Raw(","u8).Number(Math.Max(1, price - 900), scale).Raw(",null]"u8);
        return false;
    }
}
