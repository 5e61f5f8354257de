using System.Text.Json;
using Ticklake.Core.Markets;
using Ticklake.Core.Numbers;

namespace Ticklake.Exchanges.Okx;

/// <summary>
/// <c>GET /api/v5/public/instruments</c> (okx.md 6). Contracts name their pair in <c>uly</c>; <c>ctVal</c> is in the base
/// currency, of inverse contracts in dollars: then it is no number of base units and is left out.
/// </summary>
sealed class OkxInstrumentReader : JsonInstrumentReader
{
    readonly string _kind;

    public OkxInstrumentReader(MarketId market)
    {
        (var type, _kind) = market == OkxExchange.Swap ? ("SWAP", "perpetual")
            : market == OkxExchange.Futures ? ("FUTURES", "future")
            : ("SPOT", "spot");
        Next = new RestRequest("/api/v5/public/instruments?instType=" + type, 1);
    }

    protected override void Read(JsonElement root)
    {
        foreach (var item in root.GetProperty("data").EnumerateArray())
        {
            var underlying = Text(item, "uly").Split('-');
            var isContract = underlying.Length == 2;
            Add(new Instrument(
                Text(item, "instId"),
                isContract ? underlying[0] : Text(item, "baseCcy"),
                isContract ? underlying[1] : Text(item, "quoteCcy"),
                _kind,
                Text(item, "state"),
                Number(item, "tickSz"),
                Number(item, "lotSz"),
                Text(item, "ctType") == "linear" ? Number(item, "ctVal") : ExactDecimal.None));
        }

        Next = null;
    }
}
