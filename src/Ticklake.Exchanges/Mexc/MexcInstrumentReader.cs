using System.Text.Json;
using Ticklake.Core.Markets;
using Ticklake.Core.Numbers;

namespace Ticklake.Exchanges.Mexc;

/// <summary>
/// <c>GET /api/v3/exchangeInfo</c> (mexc.md 6). There is no tick size: prices have <c>quotePrecision</c> decimals; the least
/// quantity is the step of amounts.
/// </summary>
sealed class MexcInstrumentReader : JsonInstrumentReader
{
    const string Path = "/api/v3/exchangeInfo";
    const int Weight = 10;

    public MexcInstrumentReader() => Next = new RestRequest(Path, Weight);

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
                TickOf(item),
                Number(item, "baseSizePrecision"),
                ExactDecimal.None));
        }

        Next = null;
    }

    static ExactDecimal TickOf(JsonElement item) =>
        item.TryGetProperty("quotePrecision", out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt32(out var decimals) && decimals is >= 0 and <= 18
            ? Step(decimals)
            : ExactDecimal.None;
}
