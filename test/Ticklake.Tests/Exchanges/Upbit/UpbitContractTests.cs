using Ticklake.Exchanges.Upbit;
using Ticklake.Tests.Contracts;

namespace Ticklake.Tests.Exchanges.Upbit;

public sealed class UpbitContractTests()
    : ExchangeContractTests(new UpbitExchange(), "Upbit", "default", "simple", "odd", "answers");
