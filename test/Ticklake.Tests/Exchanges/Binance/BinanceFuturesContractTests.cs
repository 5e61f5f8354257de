using Ticklake.Core.Markets;
using Ticklake.Exchanges.Binance;
using Ticklake.Tests.Contracts;

namespace Ticklake.Tests.Exchanges.Binance;

public sealed class BinanceFuturesContractTests()
    : ExchangeContractTests(new BinanceExchange(), "Binance", "usdm", "usdm-odd", "usdm-raw")
{
    protected override MarketId Market => BinanceExchange.UsdM;
}
