using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Binance;

/// <summary><c>!miniTicker@arr</c>: the mini tickers of the symbols that traded within the second.</summary>
sealed class AllMiniTickersStream(BinanceConnection connection, TruthStream stream, IEnumerable<ScriptedMarket> markets)
    : BinanceStream(connection, stream)
{
    readonly Dictionary<ScriptedMarket, int> _sent = [];

    protected override void Open() => Repeat(TimeSpan.FromSeconds(1), SendChanged);

    void SendChanged()
    {
        var changed = markets.Where(m => _sent.GetValueOrDefault(m, -1) != m.Day.TradeCount).ToArray();
        if (changed.Length == 0)
            return;
        var text = new Utf8Text();
        foreach (var market in changed)
        {
            text.Raw(text.Length == 0 ? "["u8 : ","u8);
            TickerStream.WriteMini(text, market, Now);
            _sent[market] = market.Day.TradeCount;
        }

        Send(FrameKind.Update, text.Raw("]"u8), changed.Length);
    }
}
