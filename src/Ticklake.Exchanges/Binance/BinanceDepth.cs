using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Binance;

/// <summary>
/// <c>GET /api/v3/depth</c> and <c>GET /fapi/v1/depth</c> (binance.md A6, B6). Their <c>lastUpdateId</c> counts with the
/// <c>u</c> of depth streams, which is how these streams are begun (A5, B5).
/// </summary>
static class BinanceDepth
{
    // As a snapshot that begins a book.
    const int ComparedLevels = 1000;
    const int MostOfSpot = 5000;
    static readonly int[] OfFutures = [5, 10, 20, 50, 100, 500, 1000];

    public static IDepthReader CreateReader(BinanceProfile profile)
    {
        var isSpot = profile.Market.Market == MarketId.Spot;
        return new JsonDepthReader(
            isSpot ? "Binance" : "Binance USD-M",
            new DepthForm(Id: "lastUpdateId", Time: isSpot ? "" : "T"),
            isSpot
                ? new DepthLimits(MostOfSpot, null, WeightOfSpot)
                : new DepthLimits(OfFutures[^1], OfFutures, WeightOfFutures),
            (symbol, levels) => BinanceRest.DepthQuery(profile, symbol, levels),
            _ => ComparedLevels);
    }

    static int WeightOfSpot(int levels) => levels switch { <= 100 => 5, <= 500 => 25, <= 1000 => 50, _ => 250 };

    static int WeightOfFutures(int levels) => levels switch { <= 50 => 2, <= 100 => 5, <= 500 => 10, _ => 20 };
}
