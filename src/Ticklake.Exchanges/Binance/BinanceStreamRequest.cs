using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Binance;

/// <summary>Reads a stream as a person asks for it.</summary>
static class BinanceStreamRequest
{
    const string Channels = "ticker, book_ticker, trades, books, candles, depth_snapshots";

    public static (StreamKey? Key, string? Fault) Parse(BinanceProfile profile, StreamRequest request)
    {
        if (BinanceInstruments.FaultOf(profile, request.Symbol) is { } symbolFault)
            return (null, symbolFault);
        var options = new StreamOptionReader(request);
        string? variant = request.Channel switch
        {
            Channel.Ticker or Channel.BookTicker => "",
            Channel.Trades => Difference(options, "trade", profile.TradeKinds),
            Channel.Books => Difference(options, "speed", profile.Speeds),
            Channel.DepthSnapshots => DepthVariant(options, profile.WholeBookSpeeds),
            Channel.Candles => options.Require("timeframe", profile.Timeframes),
            Channel.MarkPrice when profile.IsFutures => Difference(options, "speed", BinanceStreamName.MarkPriceSpeeds),
            Channel.Liquidations when profile.IsFutures => "",
            _ => null,
        };
        if (variant is null)
            return (null, $"{profile.Market} has no channel {request.Channel.Name()}; "
                + $"it has {Channels}{(profile.IsFutures ? ", mark_price, liquidations" : "")}");
        options.RefuseOthers();
        return options.Fault is { } fault
            ? (null, fault)
            : (new StreamKey(profile.Market, request.Channel, request.Symbol, variant), null);
    }

    /// <summary>The option's value unless it is the default, the first of those allowed.</summary>
    static string Difference(StreamOptionReader options, string name, string[] allowed)
    {
        var value = options.Take(name, allowed, allowed[0]);
        return value == allowed[0] ? "" : value;
    }

    static string DepthVariant(StreamOptionReader options, string[] speeds) =>
        $"{options.Take("levels", BinanceStreamName.Levels, "20")}_{options.Take("speed", speeds, speeds[0])}";
}
