using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Binance;

/// <summary>Reads a stream as a person asks for it.</summary>
static class BinanceStreamRequest
{
    static readonly string[] Speeds = [BinanceStreamName.FastVariant, BinanceStreamName.SlowVariant];
    static readonly string[] TradeKinds = ["trade", BinanceStreamName.AggregateVariant];

    public static (StreamKey? Key, string? Fault) Parse(MarketId market, StreamRequest request)
    {
        if (market != BinanceExchange.Spot)
            return (null, $"market {market} is unknown; Binance has {BinanceExchange.Spot}");
        if (BinanceInstruments.FaultOf(request.Symbol) is { } symbolFault)
            return (null, symbolFault);
        var options = new StreamOptionReader(request);
        string? variant = request.Channel switch
        {
            Channel.Ticker or Channel.BookTicker => "",
            Channel.Trades => Difference(options, "trade", TradeKinds),
            Channel.Books => Difference(options, "speed", Speeds),
            Channel.DepthSnapshots => DepthVariant(options),
            Channel.Candles => options.Require("timeframe", BinanceStreamName.Timeframes),
            _ => null,
        };
        if (variant is null)
            return (null, $"Binance has no channel {request.Channel.Name()}; "
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

    static string DepthVariant(StreamOptionReader options) =>
        $"{options.Take("levels", BinanceStreamName.Levels, "20")}_{options.Take("speed", Speeds, Speeds[0])}";
}
