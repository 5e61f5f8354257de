using System.Text.Json;
using Ticklake.Core.Markets;
using Ticklake.Core.Numbers;

namespace Ticklake.Exchanges.Gateio;

/// <summary><c>GET /api/v4/spot/currency_pairs</c>: every pair at once (gateio.md 6); steps are numbers of decimals.</summary>
sealed class GateioInstrumentReader : JsonInstrumentReader
{
    const string Path = "/api/v4/spot/currency_pairs";

    public GateioInstrumentReader() => Next = new RestRequest(Path, 1);

    protected override void Read(JsonElement root)
    {
        foreach (var item in root.EnumerateArray())
        {
            Add(new Instrument(
                Text(item, "id"),
                Text(item, "base"),
                Text(item, "quote"),
                "spot",
                Text(item, "trade_status"),
                StepOf(item, "precision"),
                StepOf(item, "amount_precision"),
                ExactDecimal.None));
        }

        Next = null;
    }

    static ExactDecimal StepOf(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt32(out var decimals) && decimals is >= 0 and <= 18
            ? Step(decimals)
            : ExactDecimal.None;
}
