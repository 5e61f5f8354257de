using Ticklake.Simulator.Binance;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.BinanceFutures;

/// <summary><c>!markPrice@arr</c>: all contracts in one array, one of COIN-M among them.</summary>
sealed class AllMarkPricesStream(
    BinanceConnection connection, TruthStream stream, IReadOnlyCollection<FuturesMarket> markets, TimeSpan interval)
    : BinanceStream(connection, stream)
{
    protected override void Open() => Repeat(interval, SendAll);

    void SendAll()
    {
        var text = new Utf8Text();
        foreach (var market in markets)
            text.Raw(text.Length == 0 ? "["u8 : ","u8).MarkPrice(market, Now).End();
        text.Raw(",{\"e\":\"markPriceUpdate\",\"E\":"u8).Integer(Now)
            .Raw(",\"s\":\"BTCUSD_PERP\",\"ps\":\"BTCUSD\",\"p\":\"64210.1\",\"ap\":\"64210.1\",\"P\":\"64209.0\""u8)
            .Raw(",\"i\":\"64211.0\",\"r\":\"0.00010000\",\"T\":1790006400000,\"st\":2}]"u8);
        Send(FrameKind.Update, text, markets.Count);
    }
}
