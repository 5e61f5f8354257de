using System.Globalization;
using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Bitfinex;

/// <summary>Reads a stream as a person asks for it.</summary>
static class BitfinexStreamRequest
{
    static readonly string[] Timeframes =
        ["1m", "5m", "15m", "30m", "1h", "3h", "6h", "12h", "1D", "7D", "1W", "14D", "1M"];

    static readonly string[] BookLengths = ["1", "25", "100", "250"];

    // A raw book of one order is not offered.
    static readonly string[] RawLengths = ["25", "100", "250"];

    public static (StreamKey? Key, string? Fault) Parse(MarketId market, StreamRequest request)
    {
        if (market != BitfinexExchange.Market)
            return (null, $"market {market} is unknown; Bitfinex has {BitfinexExchange.Market}");
        if (BitfinexInstruments.FaultOf(request.Symbol) is { } symbolFault)
            return (null, symbolFault);
        if (BitfinexInstruments.IsFunding(request.Symbol) && request.Channel != Channel.Ticker)
            return (null, $"{request.Channel.Name()} of funding currencies are not recorded, only their ticker; "
                + $"'{request.Symbol}' would have to be a trading pair like tBTCUSD");
        var options = new StreamOptionReader(request);
        string? variant = request.Channel switch
        {
            Channel.Ticker or Channel.Trades => "",
            Channel.Books => BookVariant(options),
            Channel.RawBooks => RawVariant(options),
            Channel.Candles => options.Require("timeframe", Timeframes),
            _ => null,
        };
        if (variant is null)
            return (null, $"Bitfinex has no channel {request.Channel.Name()}; "
                + "it has ticker, trades, books, raw_books, candles");
        options.RefuseOthers();
        return options.Fault is { } fault
            ? (null, fault)
            : (new StreamKey(market, request.Channel, request.Symbol, variant), null);
    }

    static string BookVariant(StreamOptionReader options) => new BitfinexVariant(
        options.Take("prec", BitfinexVariant.Precisions, BitfinexVariant.DefaultPrecision),
        options.Take("freq", BitfinexVariant.Frequencies, BitfinexVariant.DefaultFrequency),
        Length(options, BookLengths)).ToString();

    static string RawVariant(StreamOptionReader options) => new BitfinexVariant(
        BitfinexVariant.RawPrecision, BitfinexVariant.DefaultFrequency, Length(options, RawLengths)).ToString();

    static int Length(StreamOptionReader options, string[] allowed) =>
        int.Parse(options.Take("len", allowed, "250"), CultureInfo.InvariantCulture);
}
