using System.Globalization;
using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Bybit;

/// <summary>
/// <c>GET /v5/market/orderbook</c> (bybit.md 6). Its <c>u</c> is that of the 1,000-level topic and cannot be compared with
/// other depths; <c>seq</c> orders the events of a symbol over all of them (5.1).
/// </summary>
static class BybitDepth
{
    const int Most = 1000;

    public static IDepthReader CreateReader(MarketId market) => new JsonDepthReader(
        "Bybit",
        new DepthForm("result", "b", "a", "u", "seq", "ts"),
        // Counted, not weighed.
        new DepthLimits(Most, null, _ => 1),
        (symbol, levels) =>
            $"/v5/market/orderbook?category={market.Market}&symbol={Uri.EscapeDataString(symbol)}&limit={levels}",
        stream => int.Parse(BybitTopic.DepthOf(stream), CultureInfo.InvariantCulture));
}
