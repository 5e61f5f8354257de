namespace Ticklake.Exchanges.Mexc;

/// <summary>
/// <c>GET /api/v3/depth</c> (mexc.md 6). Its <c>lastUpdateId</c> counts with the versions of <c>aggre.depth</c>, which is how
/// that stream is begun (5).
/// </summary>
static class MexcDepth
{
    // More than 2,000 a side are never answered, whatever is asked for (mexc.md 5).
    const int Most = 5000;

    public static IDepthReader CreateReader() => new JsonDepthReader(
        "MEXC",
        new DepthForm(Id: "lastUpdateId", Time: "timestamp"),
        new DepthLimits(Most, null, _ => MexcRest.SnapshotWeight),
        MexcRest.DepthQuery,
        _ => Most);
}
