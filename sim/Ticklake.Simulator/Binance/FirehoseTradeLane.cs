using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Binance;

/// <summary><c>trade</c> messages with consecutive ids.</summary>
sealed class FirehoseTradeLane(TruthStream stream, SymbolSpec symbol) : FirehoseLane(stream, 1)
{
    long _id = 6_000_000_000;

    public override bool WriteNext(Utf8Text text)
    {
        var id = _id++;
        var time = 1_790_000_000_000 + (id % 1_000_000_000 / 100);
        text.Event("trade", time, symbol.Symbol).Key("t").Integer(id)
            .Key("p").Price(symbol.StartPrice + (id % 7), symbol).Key("q").Quantity(1_000 + (id % 99_991))
            .Key("T").Integer(time).Key("m").Flag(id % 2 == 0).Raw(",\"M\":true}"u8);
        return false;
    }
}
