using Ticklake.Simulator.Binance;
using Ticklake.Simulator.BinanceFutures;
using Ticklake.Simulator.Bitfinex;
using Ticklake.Simulator.Bybit;
using Ticklake.Simulator.Coinbase;
using Ticklake.Simulator.Gateio;
using Ticklake.Simulator.Mexc;
using Ticklake.Simulator.Okx;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Upbit;

namespace Ticklake.Simulator.Venues;

/// <summary>One simulated market and what it offers unless told otherwise.</summary>
/// <param name="Id">As paths of the lake name the market.</param>
/// <param name="Symbols">Its symbols by default.</param>
/// <param name="Create">Builds it.</param>
sealed record VenueEntry(string Id, IReadOnlyList<string> Symbols, Func<VenueParts, SimulatedVenue> Create);

/// <summary>Every simulated market, one line each.</summary>
static class VenueCatalog
{
    public static IReadOnlyList<VenueEntry> All { get; } =
    [
        new("bitfinex", ["tBTCUSD", "tETHUSD", "tDUSK:USD", "tXRPBTC", "fUSD"], parts => new BitfinexVenue(parts)),
        new("binance", ["BTCUSDT", "ETHUSDT", "XRPBTC"], parts => new BinanceVenue(parts)),
        new("gateio", ["BTC_USDT", "ETH_USDT", "XRP_BTC"], parts => new GateioVenue(parts)),
        new("upbit", ["KRW-BTC", "KRW-ETH", "BTC-XRP"], parts => new UpbitVenue(parts)),
        new("mexc", ["BTCUSDT", "ETHUSDT", "龙虾USDT"], parts => new MexcVenue(parts)),
        new("coinbase", ["BTC-USD", "ETH-USD", "SOL-USD"], parts => new CoinbaseVenue(parts)),
        new("okx", ["BTC-USDT", "ETH-USDT"], parts => new OkxVenue(parts)),
        new("okx-swap", ["BTC-USDT-SWAP", "ETH-USDT-SWAP"], parts => new OkxVenue(parts)),
        new("okx-futures", ["BTC-USD-261225", "ETH-USD-261225"], parts => new OkxVenue(parts)),
        new("binance-usdm", ["BTCUSDT", "ETHUSDT", "BTCUSDT_261225"], parts => new FuturesVenue(parts)),
        new("bybit", ["BTCUSDT", "ETHUSDT", "XRPBTC"], parts => new BybitVenue(parts, "spot")),
        new("bybit-linear", ["BTCUSDT", "ETHUSDT", "BTCPERP"], parts => new BybitVenue(parts, "linear")),
    ];
}
