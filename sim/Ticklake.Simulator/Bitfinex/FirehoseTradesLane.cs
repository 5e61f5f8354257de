using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.Bitfinex;

/// <summary><c>te</c> messages with consecutive ids.</summary>
sealed class FirehoseTradesLane(BitfinexChannel channel, SymbolSpec symbol) : FirehoseLane(channel.Stream, 1)
{
    long _id = 2_000_000_000;

    public override bool WriteNext(Utf8Text text)
    {
        var id = _id++;
        text.Raw("["u8).Integer(channel.ChanId).Raw(",\"te\",["u8).Integer(id).Raw(","u8)
            .Integer(1_790_000_000_000 + (id / 100)).Raw(","u8).Amount((id % 2 == 0 ? 1 : -1) * (1_000 + (id % 99_991)))
            .Raw(","u8).Number(symbol.StartPrice + (id % 7), symbol.PriceScale).Raw("]"u8);
        return false;
    }
}
