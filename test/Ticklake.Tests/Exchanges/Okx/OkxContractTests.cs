using Ticklake.Exchanges.Okx;
using Ticklake.Tests.Contracts;

namespace Ticklake.Tests.Exchanges.Okx;

public sealed class OkxContractTests() : ExchangeContractTests(new OkxExchange(), "Okx", "public", "business", "odd");
