using Ticklake.Exchanges.Binance;
using Ticklake.Exchanges.Bitfinex;
using Ticklake.Exchanges.Bybit;
using Ticklake.Exchanges.Coinbase;
using Ticklake.Exchanges.Gateio;
using Ticklake.Exchanges.Mexc;
using Ticklake.Exchanges.Okx;
using Ticklake.Exchanges.Upbit;

namespace Ticklake.Exchanges;

/// <summary>Every exchange there is, one line each.</summary>
public static class ExchangeCatalog
{
    public static IReadOnlyList<IExchange> All { get; } =
    [
        new BinanceExchange(),
        new BitfinexExchange(),
        new BybitExchange(),
        new CoinbaseExchange(),
        new GateioExchange(),
        new MexcExchange(),
        new OkxExchange(),
        new UpbitExchange(),
    ];

    /// <summary>The exchange of this id, or null.</summary>
    public static IExchange? Find(string id) => All.FirstOrDefault(exchange => exchange.Id == id);
}
