using Ticklake.Core.Markets;

namespace Ticklake.Exchanges.Okx;

/// <summary>Reads a stream as a person asks for it.</summary>
static class OkxStreamRequest
{
    static readonly string[] TradeChannels = ["trades", "trades-all"];

    public static (StreamKey? Key, string? Fault) Parse(MarketId market, StreamRequest request)
    {
        if (market.Exchange != OkxExchange.Spot.Exchange || market.Market is not ("spot" or "swap" or "futures"))
            return (null, $"market {market} is unknown; OKX has spot, swap and futures");
        if (OkxInstruments.FaultOf(market.Market, request.Symbol) is { } symbolFault)
            return (null, symbolFault);
        var options = new StreamOptionReader(request);
        string? variant = request.Channel switch
        {
            Channel.Ticker or Channel.BookTicker or Channel.Books or Channel.DepthSnapshots => "",
            Channel.Trades => options.Take("trade", TradeChannels, TradeChannels[0]) == TradeChannels[0]
                ? "" : OkxChannels.SingleFills,
            Channel.Candles => options.Require("timeframe", OkxChannels.Bars),
            _ => null,
        };
        if (variant is null)
            return (null, $"OKX has no channel {request.Channel.Name()}; "
                + "it has ticker, book_ticker, trades, books, candles, depth_snapshots");
        options.RefuseOthers();
        return options.Fault is { } fault
            ? (null, fault)
            : (new StreamKey(market, request.Channel, request.Symbol, variant), null);
    }
}
