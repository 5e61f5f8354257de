using Ticklake.Exchanges.Gateio;
using Ticklake.Tests.Contracts;

namespace Ticklake.Tests.Exchanges.Gateio;

public sealed class GateioContractTests()
    : ExchangeContractTests(new GateioExchange(), "Gateio", "update", "odd", "answers");
