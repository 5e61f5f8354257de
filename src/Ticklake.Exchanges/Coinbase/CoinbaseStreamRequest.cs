using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Coinbase;

/// <summary>Reads a stream as a person asks for it.</summary>
static class CoinbaseStreamRequest
{
    const string ApiOption = "api";

    static readonly string[] AdvancedTradeFirst = [CoinbaseChannels.AdvancedTrade, CoinbaseChannels.Exchange];
    static readonly string[] ExchangeFirst = [CoinbaseChannels.Exchange, CoinbaseChannels.AdvancedTrade];
    static readonly string[] Timeframes = [CoinbaseChannels.Timeframe];

    public static (StreamKey? Key, string? Fault) Parse(MarketId market, StreamRequest request)
    {
        if (market != CoinbaseExchange.Spot)
            return (null, $"market {market} is unknown; Coinbase has {CoinbaseExchange.Spot}");
        if (CoinbaseInstruments.FaultOf(request.Symbol) is { } symbolFault)
            return (null, symbolFault);
        var options = new StreamOptionReader(request);
        string? variant = request.Channel switch
        {
            Channel.Books or Channel.Ticker => Difference(options, AdvancedTradeFirst),
            Channel.Trades => Difference(options, ExchangeFirst),
            Channel.Candles => options.Require("timeframe", Timeframes),
            _ => null,
        };
        if (variant is null)
            return (null, $"Coinbase has no channel {request.Channel.Name()}; it has ticker, trades, books, candles");
        options.RefuseOthers();
        return options.Fault is { } fault
            ? (null, fault)
            : (new StreamKey(market, request.Channel, request.Symbol, variant), null);
    }

    /// <summary>The API unless it is the table's usual one, the first of those allowed.</summary>
    static string Difference(StreamOptionReader options, string[] allowed)
    {
        var value = options.Take(ApiOption, allowed, allowed[0]);
        return value == allowed[0] ? "" : value;
    }
}
