using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Mexc;

/// <summary>
/// <c>aggre.bookTicker</c>: best prices at 100 ms when they changed, at 10 ms always: unchanged ones are sent again and again
/// and make no rows (mexc.md section 4.4).
/// </summary>
sealed class QuoteStream(MexcConnection connection, TruthStream stream, MexcMarket market, TimeSpan interval, bool repeats)
    : MexcStream(connection, stream, market)
{
    (BookLevel Bid, BookLevel Ask) _sent;
    ProtobufText _body = new();

    protected override int BodyField => 315;

    protected override void Open() => Repeat(interval, SendIfDue);

    void SendIfDue()
    {
        var quote = (Market.Market.Bids.Levels[0] with { Count = 1 }, Market.Market.Asks.Levels[0] with { Count = 1 });
        var isNew = quote != _sent;
        if (!isNew && !repeats)
            return;
        if (isNew)
        {
            _sent = quote;
            _body = new ProtobufText().Quote(quote.Item1, quote.Item2, Market.Spec)
                .Text(5, MexcPayloads.Number(Market.Market.LastUpdateId)).Number(6, Market.LastOrderMs);
        }

        Push(FrameKind.Update, _body, isNew ? 1 : 0);
    }
}
