using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;
using Ticklake.Simulator.Truth;
using Ticklake.Simulator.Venues;

namespace Ticklake.Simulator.Coinbase;

/// <summary>
/// <c>level2_batch</c>: the whole book, then the changes of each 50 ms; a removal's zero has all its digits
/// (coinbase.md 4.5).
/// </summary>
sealed class ExchangeBookStream(CoinbaseExchangeConnection connection, TruthStream stream, CoinbaseMarket market)
    : VenueStream(connection, stream)
{
    protected override void Open()
    {
        var (bids, asks) = (market.Market.Bids.Levels, market.Market.Asks.Levels);
        var text = new Utf8Text().Raw("{\"type\":\"snapshot\""u8).Key("product_id").Quoted(market.Symbol.Symbol);
        Levels(text.Key("asks"), asks);
        Levels(text.Key("bids"), bids);
        Send(FrameKind.Snapshot, text.Key("time").Time(Timeline.NowUs).Raw("}"u8), bids.Count + asks.Count);
        market.Depth.Ready += OnDifference;
    }

    protected override void Cease() => market.Depth.Ready -= OnDifference;

    void OnDifference(DepthDifference difference)
    {
        var text = new Utf8Text().Raw("{\"type\":\"l2update\""u8).Key("product_id").Quoted(market.Symbol.Symbol)
            .Key("changes").Raw("["u8);
        var rows = 0;
        foreach (var (price, amount) in difference.Bids)
            Change(text, rows++, "buy", price, amount);
        foreach (var (price, amount) in difference.Asks)
            Change(text, rows++, "sell", price, amount);
        Send(FrameKind.Update, text.Raw("]"u8).Key("time").Time(Timeline.NowUs).Raw("}"u8), rows);
    }

    void Levels(Utf8Text text, IReadOnlyList<BookLevel> levels)
    {
        text.Raw("["u8);
        for (var i = 0; i < levels.Count; i++)
        {
            text.Raw(i == 0 ? "["u8 : ",["u8).TrimmedPrice(levels[i].Price, market.Symbol).Raw(","u8)
                .TrimmedQuantity(levels[i].Amount).Raw("]"u8);
        }

        text.Raw("]"u8);
    }

    void Change(Utf8Text text, int index, string side, long price, long amount) => text
        .Raw(index == 0 ? "["u8 : ",["u8).Quoted(side).Raw(","u8).TrimmedPrice(price, market.Symbol).Raw(",\""u8)
        .Decimals(amount, SymbolSpec.AmountScale, SymbolSpec.AmountScale).Raw("\"]"u8);
}
