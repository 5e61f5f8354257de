using Ticklake.Exchanges.Binance;
using Ticklake.Tests.Contracts;

namespace Ticklake.Tests.Exchanges.Binance;

public sealed class BinanceContractTests()
    : ExchangeContractTests(new BinanceExchange(), "Binance", "combined", "raw", "answers", "odd");
