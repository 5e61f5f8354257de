using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Bybit;

/// <summary>Reads a stream as a person asks for it.</summary>
static class BybitStreamRequest
{
    public static (StreamKey? Key, string? Fault) Parse(MarketId market, StreamRequest request)
    {
        if (market != BybitExchange.Spot && market != BybitExchange.Linear)
            return (null, $"market {market} is unknown; Bybit has {BybitExchange.Spot} and {BybitExchange.Linear}");
        if (BybitInstruments.FaultOf(request.Symbol) is { } symbolFault)
            return (null, symbolFault);
        var options = new StreamOptionReader(request);
        var variant = request.Channel switch
        {
            Channel.Ticker or Channel.BookTicker or Channel.Trades => "",
            Channel.Books => DepthVariant(options),
            Channel.Candles => options.Require("timeframe", BybitTopic.Timeframes),
            Channel.Liquidations when market == BybitExchange.Linear => "",
            _ => null,
        };
        if (variant is null)
            return (null, $"Bybit has no channel {request.Channel.Name()} on {market}; "
                + "it has ticker, book_ticker, trades, books, candles, and on "
                + $"{BybitExchange.Linear} liquidations");
        options.RefuseOthers();
        return options.Fault is { } fault
            ? (null, fault)
            : (new StreamKey(market, request.Channel, request.Symbol, variant), null);
    }

    static string DepthVariant(StreamOptionReader options)
    {
        var depth = options.Take("len", BybitTopic.Depths, BybitTopic.DefaultDepth);
        return depth == BybitTopic.DefaultDepth ? "" : depth;
    }
}
