using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Binance;

/// <summary>Differences of two levels each; their ids follow each other and the formula.</summary>
sealed class FirehoseDepthLane(TruthStream stream, FormulaBook book, long start) : FirehoseLane(stream, 2)
{
    public long LastUpdateId { get; private set; } = start;

    public BookSnapshot Snapshot() => book.Snapshot(LastUpdateId);

    public override bool WriteNext(Utf8Text text)
    {
        var first = LastUpdateId + 1;
        LastUpdateId += 2;
        text.Event("depthUpdate", 1_790_000_000_000 + (first / 100), book.Symbol.Symbol)
            .Key("U").Integer(first).Key("u").Integer(LastUpdateId);
        Side(text.Key("b"), true, first);
        Side(text.Key("a"), false, first);
        text.Raw("}"u8);
        return false;
    }

    void Side(Utf8Text text, bool wanted, long first)
    {
        text.Raw("["u8);
        var isFirst = true;
        for (var n = first; n <= LastUpdateId; n++)
        {
            var (isBid, place, amount) = book.Update(n);
            if (isBid != wanted)
                continue;
            text.Raw(isFirst ? "["u8 : ",["u8).Price(book.Price(isBid, place), book.Symbol)
                .Raw(","u8).Quantity(amount).Raw("]"u8);
            isFirst = false;
        }

        text.Raw("]"u8);
    }
}
