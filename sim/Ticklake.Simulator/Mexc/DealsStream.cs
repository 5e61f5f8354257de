using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Mexc;

/// <summary><c>aggre.deals</c>: every fill, those of an interval in one frame (mexc.md section 4.2).</summary>
sealed class DealsStream(MexcConnection connection, TruthStream stream, MexcMarket market, TimeSpan interval)
    : MexcStream(connection, stream, market)
{
    // Ids of 41 characters as seen: two numbers of 18 digits.
    const long IdOffset = 730_292_420_000_000_000;

    readonly List<MarketTrade> _waiting = [];

    protected override int BodyField => 314;

    protected override void Open()
    {
        Market.Market.Stepped += OnStep;
        Repeat(interval, Flush);
    }

    protected override void Cease() => Market.Market.Stepped -= OnStep;

    void OnStep(MarketStep step) => _waiting.AddRange(step.Trades);

    void Flush()
    {
        if (_waiting.Count == 0)
            return;
        var body = new ProtobufText();
        foreach (var trade in _waiting)
        {
            var id = IdOffset + trade.Id;
            body.Message(1, new ProtobufText()
                .Text(1, MexcPayloads.Price(trade.Price, Market.Spec)).Text(2, MexcPayloads.Quantity(trade.Amount))
                .Number(3, trade.TakerBuys ? 1 : 2).Number(4, trade.TimeUs / 1000)
                .Text(5, $"{MexcPayloads.Number(id)}X0_{MexcPayloads.Number(id + 1)}X0"));
        }

        body.Text(2, EventType);
        Push(FrameKind.Trade, body, 0, [.. _waiting.Select(Told)]);
        _waiting.Clear();
    }

    TruthTrade Told(MarketTrade trade) => new(
        IdOffset + trade.Id,
        Market.Market.PriceOf(trade.Price),
        ScriptedMarket.AmountOf(trade.Amount),
        trade.TakerBuys,
        trade.TimeUs);
}
