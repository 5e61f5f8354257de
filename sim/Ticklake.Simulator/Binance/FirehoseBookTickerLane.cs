using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Binance;

/// <summary>Best prices whose sizes change with every message.</summary>
sealed class FirehoseBookTickerLane(TruthStream stream, SymbolSpec symbol) : FirehoseLane(stream, 1)
{
    long _id = 1_000_000_000;

    public override bool WriteNext(Utf8Text text)
    {
        var id = ++_id;
        text.Raw("{\"u\":"u8).Integer(id).Key("s").Quoted(symbol.Symbol).Key("b").Price(symbol.StartPrice - 1, symbol)
            .Key("B").Quantity(1_000 + (id % 99_991)).Key("a").Price(symbol.StartPrice + 1, symbol)
            .Key("A").Quantity(1_000 + (id % 89_989)).Raw("}"u8);
        return false;
    }
}
