using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Gateio;

/// <summary>Reads a stream as a person asks for it.</summary>
static class GateioStreamRequest
{
    public static (StreamKey? Key, string? Fault) Parse(MarketId market, StreamRequest request)
    {
        if (market != GateioExchange.Spot)
            return (null, $"market {market} is unknown; Gate.io has {GateioExchange.Spot}");
        if (GateioInstruments.FaultOf(request.Symbol) is { } symbolFault)
            return (null, symbolFault);
        var options = new StreamOptionReader(request);
        string? variant = request.Channel switch
        {
            Channel.Ticker or Channel.BookTicker or Channel.Trades => "",
            Channel.Books => BookVariant(options),
            Channel.DepthSnapshots => options.Take("levels", GateioChannels.Tops, GateioChannels.TopLevels),
            Channel.Candles => options.Require("timeframe", GateioChannels.Timeframes),
            _ => null,
        };
        if (variant is null)
            return (null, $"Gate.io has no channel {request.Channel.Name()}; "
                + "it has ticker, book_ticker, trades, books, candles, depth_snapshots");
        options.RefuseOthers();
        return options.Fault is { } fault
            ? (null, fault)
            : (new StreamKey(market, request.Channel, request.Symbol, variant), null);
    }

    static string BookVariant(StreamOptionReader options)
    {
        var levels = options.Take("levels", GateioChannels.BookLevels, GateioChannels.DeepLevels);
        return levels == GateioChannels.DeepLevels ? "" : levels;
    }
}
