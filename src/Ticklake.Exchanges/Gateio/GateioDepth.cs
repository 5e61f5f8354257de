using System.Globalization;

namespace Ticklake.Exchanges.Gateio;

/// <summary>
/// <c>GET /api/v4/spot/order_book</c> (gateio.md 6). Its <c>id</c> counts with <c>spot.order_book_update</c>, which is how
/// that stream is begun (5.2). No document says that <c>u</c> of order book V2 (<c>spot.obu</c>) counts with it: those books
/// are not compared.
/// </summary>
static class GateioDepth
{
    // 1,000 have been answered (gatews#51), out of a cache that is slower still (5.2); an old changelog entry says 100.
    const int Most = 1000;

    public static IDepthReader CreateReader() => new JsonDepthReader(
        "Gate.io",
        new DepthForm(Id: "id", Time: "update"),
        new DepthLimits(Most, null, _ => GateioRest.SnapshotWeight),
        (symbol, levels) => GateioRest.BookQuery(symbol, levels.ToString(CultureInfo.InvariantCulture)),
        // Deeper levels are never updated by the stream.
        stream => GateioChannels.IsBridged(stream) ? int.Parse(stream.Variant, CultureInfo.InvariantCulture) : null);
}
