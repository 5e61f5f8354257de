using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;
using Ticklake.Simulator.Venues;

namespace Ticklake.Simulator.Coinbase;

/// <summary><c>heartbeat</c>: one a second and product, with the id of its latest trade (coinbase.md 4.1).</summary>
sealed class ExchangeHeartbeatStream(CoinbaseExchangeConnection connection, TruthStream stream, CoinbaseMarket market)
    : VenueStream(connection, stream)
{
    protected override void Open() => Repeat(TimeSpan.FromSeconds(1), Beat);

    void Beat()
    {
        var last = market.Market.Trades is [.., var trade] ? trade.Id : 0;
        var text = new Utf8Text().Raw("{\"type\":\"heartbeat\""u8).Key("sequence").Integer(market.Market.LastUpdateId)
            .Key("last_trade_id").Integer(last).Key("product_id").Quoted(market.Symbol.Symbol)
            .Key("time").Time(Timeline.NowUs).Raw("}"u8);
        Send(FrameKind.Heartbeat, text, rows: 0);
    }
}
