using System.Text.Json;
using Ticklake.Core.Markets;
using Ticklake.Core.Numbers;

namespace Ticklake.Exchanges.Upbit;

/// <summary>
/// <c>GET /v1/market/all</c>, then the tick sizes of <c>/v1/orderbook/instruments</c>, some markets at a time because long
/// addresses are refused (upbit.md 6.1). Amounts have eight decimals; nothing says so market by market.
/// </summary>
sealed class UpbitInstrumentReader : JsonInstrumentReader
{
    const string ListPath = "/v1/market/all?is_details=true";
    const string TicksPath = "/v1/orderbook/instruments?markets=";
    const int MarketsAtATime = 50;

    readonly Dictionary<string, string> _states = [];
    readonly Queue<string[]> _left = new();
    bool _hasList;

    public UpbitInstrumentReader() => Next = new RestRequest(ListPath, 1);

    protected override void Read(JsonElement root)
    {
        if (_hasList)
            ReadTicks(root);
        else
            ReadList(root);
        Next = _left.TryDequeue(out var markets) ? new RestRequest(TicksPath + string.Join(',', markets), 1) : null;
    }

    void ReadList(JsonElement root)
    {
        _hasList = true;
        foreach (var item in root.EnumerateArray())
            _states[Text(item, "market")] = IsWarned(item) ? "CAUTION" : "ACTIVE";
        foreach (var markets in _states.Keys.Chunk(MarketsAtATime))
            _left.Enqueue(markets);
    }

    void ReadTicks(JsonElement root)
    {
        foreach (var item in root.EnumerateArray())
        {
            var symbol = Text(item, "market");
            var at = symbol.IndexOf('-');
            if (at > 0)
            {
                Add(new Instrument(
                    symbol, symbol[(at + 1)..], symbol[..at], "spot", _states.GetValueOrDefault(symbol, ""),
                    Number(item, "tick_size"), ExactDecimal.None, ExactDecimal.None));
            }
        }
    }

    static bool IsWarned(JsonElement item) =>
        item.TryGetProperty("market_event", out var happening) && happening.ValueKind == JsonValueKind.Object
        && happening.TryGetProperty("warning", out var warning) && warning.ValueKind == JsonValueKind.True;
}
