using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.Gateio;

/// <summary>A pair's market with the two windows of the older feed.</summary>
sealed class GateioMarket(ScriptedMarket market, Timeline timeline)
{
    public ScriptedMarket Market => market;

    public SymbolSpec Symbol => market.Symbol;

    public KeptWindow Slow { get; } = new(market, timeline, 100, TimeSpan.FromMilliseconds(100));

    public KeptWindow Fast { get; } = new(market, timeline, 20, TimeSpan.FromMilliseconds(20));

    /// <summary>The pair's entry of <c>/spot/currency_pairs</c>.</summary>
    public Utf8Text Describe(Utf8Text text)
    {
        var parts = Symbol.Symbol.Split('_');
        return text.Raw("{\"id\":"u8).Quoted(Symbol.Symbol).Key("base").Quoted(parts[0]).Key("base_name").Quoted(parts[0])
            .Key("quote").Quoted(parts[1]).Key("quote_name").Quoted(parts[1])
            .Raw(",\"fee\":\"0.2\",\"min_base_amount\":\"0.00000001\",\"min_quote_amount\":\"3\""u8)
            .Raw(",\"max_base_amount\":null,\"max_quote_amount\":\"5000000\""u8)
            .Key("amount_precision").Integer(SymbolSpec.AmountScale).Key("precision").Integer(Symbol.PriceScale)
            .Raw(",\"trade_status\":\"tradable\",\"sell_start\":0,\"buy_start\":0,\"delisting_time\":0"u8)
            .Raw(",\"type\":\"normal\",\"trade_url\":\"\",\"st_tag\":false}"u8);
    }
}
