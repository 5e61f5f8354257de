using Ticklake.Simulator.Truth;
using Ticklake.Simulator.Venues;

namespace Ticklake.Simulator.Bybit;

/// <summary>A topic understood; a name without a plan has no handler.</summary>
sealed record BybitTopicPlan(string Table, string Symbol, Func<BybitConnection, TruthStream, VenueStream> Create)
{
    /// <summary>The plan of a topic, or null: a retired depth, a misspelt name, an unknown symbol.</summary>
    public static BybitTopicPlan? For(string topic, BybitVenue venue)
    {
        var parts = topic.Split('.');
        if (parts.Length < 2 || venue.Find(parts[^1]) is not { } market)
            return null;
        var symbol = market.Symbol;
        switch (parts)
        {
            case ["orderbook", "1", _]:
                return new("book_ticker", symbol, (c, s) => new BestTopic(c, s, market));
            case ["orderbook", var levels, _] when market.Depth(levels) is { } depth:
                return new("books", symbol, (c, s) => new BookTopic(c, s, market, depth));
            case ["publicTrade", _]:
                return new("trades", symbol, (c, s) => new TradeTopic(c, s, market));
            case ["tickers", _]:
                return new("ticker", symbol, (c, s) => new TickerTopic(c, s, market));
            case ["kline", var interval, _] when market.Scripted.Candles.Find(interval) is { } series:
                return new("candles", symbol, (c, s) => new KlineTopic(c, s, market, series));
            case ["allLiquidation", _] when venue.IsLinear:
                return new("liquidations", symbol, (c, s) => new LiquidationTopic(c, s, market));
            default:
                return null;
        }
    }
}
