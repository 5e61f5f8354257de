using System.Text.Json;
using Ticklake.Core.Markets;
using Ticklake.Core.Numbers;

namespace Ticklake.Exchanges.Binance;

/// <summary><c>GET /api/v3/exchangeInfo</c>: every symbol with its filters (binance.md A6).</summary>
sealed class BinanceInstrumentReader : JsonInstrumentReader
{
    // Permission sets are most of the answer and of no use here.
    const string Path = "/api/v3/exchangeInfo?showPermissionSets=false";
    const int Weight = 20;

    public BinanceInstrumentReader() => Next = new SnapshotRequest(Path, Weight);

    protected override void Read(JsonElement root)
    {
        foreach (var item in root.GetProperty("symbols").EnumerateArray())
        {
            Add(new Instrument(
                Text(item, "symbol"),
                Text(item, "baseAsset"),
                Text(item, "quoteAsset"),
                "spot",
                Text(item, "status"),
                Filter(item, "PRICE_FILTER", "tickSize"),
                Filter(item, "LOT_SIZE", "stepSize"),
                ExactDecimal.None));
        }

        Next = null;
    }

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
