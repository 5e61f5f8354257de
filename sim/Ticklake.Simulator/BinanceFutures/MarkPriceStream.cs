using Ticklake.Simulator.Binance;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.BinanceFutures;

/// <summary><c>@markPrice</c> and <c>@markPrice@1s</c>: at an interval, whether anything changed or not.</summary>
sealed class MarkPriceStream(BinanceConnection connection, TruthStream stream, FuturesMarket market, TimeSpan interval)
    : BinanceStream(connection, stream)
{
    protected override void Open() => Repeat(
        interval, () => Send(FrameKind.Update, new Utf8Text().MarkPrice(market, Now).End(), rows: 1));
}
