using Ticklake.Core.Markets;
using Ticklake.Exchanges.Bybit;
using Ticklake.Tests.Contracts;

namespace Ticklake.Tests.Exchanges.Bybit;

public sealed class BybitLinearContractTests() : ExchangeContractTests(new BybitExchange(), "Bybit", "linear")
{
    protected override MarketId Market => BybitExchange.Linear;
}
