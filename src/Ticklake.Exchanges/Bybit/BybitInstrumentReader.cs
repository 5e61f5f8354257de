using System.Text.Json;
using Ticklake.Core.Markets;
using Ticklake.Core.Numbers;

namespace Ticklake.Exchanges.Bybit;

/// <summary>
/// <c>GET /v5/market/instruments-info</c>: every symbol in trading, at once on spot, in pages of a thousand on linear
/// (bybit.md 6).
/// </summary>
sealed class BybitInstrumentReader : JsonInstrumentReader
{
    const int Weight = 1;

    readonly bool _isLinear;
    readonly string _path;
    string _cursor = "";

    public BybitInstrumentReader(MarketId market)
    {
        _isLinear = market == BybitExchange.Linear;
        _path = $"/v5/market/instruments-info?category={market.Market}" + (_isLinear ? "&limit=1000" : "");
        Next = new RestRequest(_path, Weight);
    }

    protected override void Read(JsonElement root)
    {
        // Errors come with HTTP 200 and a code.
        if (root.GetProperty("retCode").GetInt32() != 0)
            throw new FormatException(Text(root, "retMsg"));
        var result = root.GetProperty("result");
        foreach (var item in result.GetProperty("list").EnumerateArray())
        {
            var lots = item.GetProperty("lotSizeFilter");
            Add(new Instrument(
                Text(item, "symbol"),
                Text(item, "baseCoin"),
                Text(item, "quoteCoin"),
                KindOf(Text(item, "contractType")),
                Text(item, "status"),
                Number(item.GetProperty("priceFilter"), "tickSize"),
                Number(lots, _isLinear ? "qtyStep" : "basePrecision"),
                ExactDecimal.None));
        }

        var cursor = Text(result, "nextPageCursor");
        // The same page again would be the same for ever.
        Next = cursor.Length == 0 || cursor == _cursor
            ? null
            : new RestRequest($"{_path}&cursor={Uri.EscapeDataString(cursor)}", Weight);
        _cursor = cursor;
    }

    static string KindOf(string contractType) => contractType switch
    {
        "" => "spot",
        "LinearPerpetual" => "perpetual",
        _ => "future",
    };
}
