using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Mexc;

/// <summary>
/// <c>miniTicker</c>: 24 h statistics every three seconds; <c>volume</c> is of the quote, <c>quantity</c> of the base asset
/// (mexc.md section 4.7).
/// </summary>
sealed class MiniTickerStream(MexcConnection connection, TruthStream stream, MexcMarket market)
    : MexcStream(connection, stream, market)
{
    protected override int BodyField => 309;

    protected override void Open() => Repeat(TimeSpan.FromSeconds(3), SendDay);

    void SendDay()
    {
        var (day, symbol) = (Market.Market.Day, Market.Spec);
        var rate = MexcPayloads.Rate(day.Last, day.Open);
        var (high, low) = (MexcPayloads.Price(day.High, symbol), MexcPayloads.Price(day.Low, symbol));
        var body = new ProtobufText().Text(1, Market.Symbol).Text(2, MexcPayloads.Price(day.Last, symbol))
            .Text(3, rate).Text(4, rate).Text(5, high).Text(6, low)
            .Text(7, MexcPayloads.Quote(day.QuoteVolume, symbol)).Text(8, MexcPayloads.Quantity(day.Volume))
            .Text(9, rate).Text(10, rate).Text(11, high).Text(12, low);
        Push(FrameKind.Update, body, rows: 1);
    }
}
