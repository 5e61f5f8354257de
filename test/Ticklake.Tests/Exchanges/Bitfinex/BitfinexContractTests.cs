using Ticklake.Exchanges.Bitfinex;
using Ticklake.Tests.Contracts;

namespace Ticklake.Tests.Exchanges.Bitfinex;

public sealed class BitfinexContractTests()
    : ExchangeContractTests(new BitfinexExchange(), "Bitfinex", "no-flags", "all-flags", "bulk", "events", "odd");
