using System.Text.Json;
using Ticklake.Core.Markets;
using Ticklake.Core.Numbers;

namespace Ticklake.Exchanges.Binance;

/// <summary>
/// <c>GET /api/v3/exchangeInfo</c>, on futures <c>/fapi/v1/exchangeInfo</c>: every symbol with its filters (binance.md A6, B6).
/// <c>pricePrecision</c> of futures is not the tick size.
/// </summary>
sealed class BinanceInstrumentReader : JsonInstrumentReader
{
    public BinanceInstrumentReader(string path, int weight) => Next = new RestRequest(path, weight);

    protected override void Read(JsonElement root)
    {
        foreach (var item in root.GetProperty("symbols").EnumerateArray())
        {
            Add(new Instrument(
                Text(item, "symbol"),
                Text(item, "baseAsset"),
                Text(item, "quoteAsset"),
                KindOf(Text(item, "contractType")),
                Text(item, "status"),
                Filter(item, "PRICE_FILTER", "tickSize"),
                Filter(item, "LOT_SIZE", "stepSize"),
                ExactDecimal.None));
        }

        Next = null;
    }

    // Spot has no contract types; PERPETUAL, TRADIFI_PERPETUAL; CURRENT_QUARTER, NEXT_QUARTER … of futures have a delivery.
    static string KindOf(string contractType) => contractType.Length == 0 ? "spot"
        : contractType.EndsWith("PERPETUAL", StringComparison.Ordinal) ? "perpetual" : "future";

    static ExactDecimal Filter(JsonElement item, string type, string member)
    {
        foreach (var filter in item.GetProperty("filters").EnumerateArray())
        {
            if (Text(filter, "filterType") == type)
                return Number(filter, member);
        }

        return ExactDecimal.None;
    }
}
