using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Mexc;

/// <summary><c>bookTicker.batch</c>: every best price of a moment, several to a frame (mexc.md section 4.4).</summary>
sealed class QuoteBatchStream(MexcConnection connection, TruthStream stream, MexcMarket market)
    : MexcStream(connection, stream, market)
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    readonly List<(BookLevel Bid, BookLevel Ask)> _waiting = [];
    (BookLevel, BookLevel) _last;

    protected override int BodyField => 311;

    protected override void Open()
    {
        Market.Market.Stepped += OnStep;
        Repeat(Interval, Flush);
    }

    protected override void Cease() => Market.Market.Stepped -= OnStep;

    void OnStep(MarketStep step)
    {
        var quote = (Market.Market.Bids.Levels[0] with { Count = 1 }, Market.Market.Asks.Levels[0] with { Count = 1 });
        if (quote == _last)
            return;
        _last = quote;
        _waiting.Add(quote);
    }

    void Flush()
    {
        if (_waiting.Count == 0)
            return;
        var body = new ProtobufText();
        foreach (var (bid, ask) in _waiting)
            body.Message(1, new ProtobufText().Quote(bid, ask, Market.Spec));
        body.Text(2, MexcPayloads.Number(Market.Market.LastUpdateId)).Number(3, Market.LastOrderMs);
        Push(FrameKind.Update, body, _waiting.Count);
        _waiting.Clear();
    }
}
