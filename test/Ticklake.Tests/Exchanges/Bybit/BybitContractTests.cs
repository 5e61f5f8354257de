using Ticklake.Exchanges.Bybit;
using Ticklake.Tests.Contracts;

namespace Ticklake.Tests.Exchanges.Bybit;

public sealed class BybitContractTests()
    : ExchangeContractTests(new BybitExchange(), "Bybit", "spot", "answers", "odd");
