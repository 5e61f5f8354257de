using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Mexc;

/// <summary>Reads a stream as a person asks for it.</summary>
static class MexcStreamRequest
{
    public static (StreamKey? Key, string? Fault) Parse(MarketId market, StreamRequest request)
    {
        if (market != MexcExchange.Spot)
            return (null, $"market {market} is unknown; MEXC has {MexcExchange.Spot}");
        if (MexcInstruments.FaultOf(request.Symbol) is { } symbolFault)
            return (null, symbolFault);
        var options = new StreamOptionReader(request);
        var variant = request.Channel switch
        {
            Channel.Trades or Channel.Books => Difference(options, "speed", MexcTopic.Speeds),
            Channel.BookTicker => Difference(options, "speed", MexcTopic.QuoteSpeeds),
            Channel.Ticker => MexcTopic.VariantOfZone(options.Take("timezone", MexcTopic.Zones, MexcTopic.RollingDay)),
            Channel.Candles => options.Require("timeframe", MexcTopic.Timeframes),
            Channel.DepthSnapshots => options.Take("levels", MexcTopic.Levels, "20"),
            _ => null,
        };
        if (variant is null)
            return (null, $"MEXC has no channel {request.Channel.Name()}; "
                + "it has ticker, book_ticker, trades, books, candles, depth_snapshots");
        options.RefuseOthers();
        return options.Fault is { } fault
            ? (null, fault)
            : (new StreamKey(market, request.Channel, request.Symbol, variant), null);
    }

    /// <summary>The option's value unless it is the default, the first of those allowed.</summary>
    static string Difference(StreamOptionReader options, string name, string[] allowed)
    {
        var value = options.Take(name, allowed, allowed[0]);
        return value == allowed[0] ? "" : value;
    }
}
