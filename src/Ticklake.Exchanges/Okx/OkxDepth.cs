namespace Ticklake.Exchanges.Okx;

/// <summary>
/// <c>GET /api/v5/market/books</c> (okx.md 6.1). "seqId is comparable with the socket" (5.5, 6.1), though not each one of the
/// REST book's is seen there; both have the best 400 levels.
/// </summary>
static class OkxDepth
{
    const int Most = 400;

    public static IDepthReader CreateReader() => new JsonDepthReader(
        "OKX",
        new DepthForm("data", Id: "seqId", Time: "ts"),
        new DepthLimits(Most, null, _ => 1),
        (symbol, levels) => $"/api/v5/market/books?instId={Uri.EscapeDataString(symbol)}&sz={levels}",
        _ => Most);
}
