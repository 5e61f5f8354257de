using System.Globalization;
using Ticklake.Simulator.Truth;

namespace Ticklake.Simulator.Upbit;

/// <summary>A type and code understood; those that mean nothing stay silent for ever.</summary>
sealed record StreamPlan(string Table, string Symbol, Func<UpbitConnection, TruthStream, UpbitStream> Create)
{
    public const int Depth = 30;

    /// <summary>Naming are <c>orderbook KRW-BTC.15</c>, <c>candle.1m KRW-BTC</c>.</summary>
    public static StreamPlan? For(string name, UpbitVenue venue)
    {
        var words = name.Split(' ');
        var code = words[1].Split('.');
        if (venue.Market(code[0]) is not { } market || (code.Length > 1 && words[0] != "orderbook"))
            return null;
        if (words[0].StartsWith("candle.", StringComparison.Ordinal))
        {
            return market.Candles.Find(words[0]["candle.".Length..]) is { } series
                ? new("candles", code[0], (c, s) => new CandleStream(c, s, market, series))
                : null;
        }

        return words[0] switch
        {
            "orderbook" => new("books", code[0], (c, s) => new OrderbookStream(c, s, market, DepthOf(code))),
            "trade" => new("trades", code[0], (c, s) => new TradeStream(c, s, market)),
            "ticker" => new("ticker", code[0], (c, s) => new TickerStream(c, s, market)),
            _ => null,
        };
    }

    // Any other number silently gives the whole depth.
    public static int DepthOf(string[] code) => code is [_, "1" or "5" or "15"]
        ? int.Parse(code[1], CultureInfo.InvariantCulture)
        : Depth;
}
