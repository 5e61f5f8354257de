using Ticklake.Exchanges.Coinbase;
using Ticklake.Tests.Contracts;

namespace Ticklake.Tests.Exchanges.Coinbase;

public sealed class CoinbaseContractTests()
    : ExchangeContractTests(new CoinbaseExchange(), "Coinbase", "advanced", "exchange", "odd");
