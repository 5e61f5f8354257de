namespace Ticklake.Exchanges.Coinbase;

/// <summary>
/// <c>GET /api/v3/brokerage/market/product_book</c> of Advanced Trade (coinbase.md 6.2). It has no number
/// that streams carry too ("cannot be spliced to the socket"): no book can be compared with it.
/// </summary>
static class CoinbaseDepth
{
    // No ceiling is documented; ours, because whole books have 46,000 levels (coinbase.md 4.8).
    const int Most = 5000;

    public static IDepthReader CreateReader() => new JsonDepthReader(
        "Coinbase",
        new DepthForm("pricebook", Time: "time", Price: "price", Amount: "size"),
        // Requests are counted, not weighed.
        new DepthLimits(Most, null, _ => 1),
        (symbol, levels) =>
            $"/api/v3/brokerage/market/product_book?product_id={Uri.EscapeDataString(symbol)}&limit={levels}",
        _ => null);
}
