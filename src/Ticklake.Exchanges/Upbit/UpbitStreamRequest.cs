using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Upbit;

/// <summary>Reads a stream as a person asks for it.</summary>
static class UpbitStreamRequest
{
    public static (StreamKey? Key, string? Fault) Parse(MarketId market, StreamRequest request)
    {
        if (market != UpbitExchange.Spot)
            return (null, $"market {market} is unknown; Upbit has {UpbitExchange.Spot}");
        if (UpbitInstruments.FaultOf(request.Symbol) is { } symbolFault)
            return (null, symbolFault);
        var options = new StreamOptionReader(request);
        string? variant = request.Channel switch
        {
            Channel.Ticker or Channel.Trades or Channel.Books => "",
            Channel.Candles => options.Require("timeframe", UpbitTypes.Timeframes),
            _ => null,
        };
        if (variant is null)
            return (null, $"Upbit has no channel {request.Channel.Name()}; it has ticker, trades, books, candles");
        options.RefuseOthers();
        return options.Fault is { } fault
            ? (null, fault)
            : (new StreamKey(market, request.Channel, request.Symbol, variant), null);
    }
}
