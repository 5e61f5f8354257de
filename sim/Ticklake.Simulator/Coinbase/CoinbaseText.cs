using System.Globalization;
using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.Coinbase;

/// <summary>What payloads of both APIs have in common.</summary>
static class CoinbaseText
{
    /// <summary>Digits behind the microseconds, as Advanced Trade's envelope has them.</summary>
    public const string NanosecondsToo = "901";

    /// <summary>A quoted RFC 3339 time with microseconds and whatever is given to follow them.</summary>
    public static Utf8Text Time(this Utf8Text text, long us, string further = "") => text.Raw("\""u8)
        .Raw(DateTimeOffset.UnixEpoch.AddMicroseconds(us).ToString("yyyy-MM-ddTHH:mm:ss.ffffff", CultureInfo.InvariantCulture))
        .Raw(further).Raw("Z\""u8);

    /// <summary>The side of the maker: a resting sell order was taken by a buyer.</summary>
    public static string MakerSide(this in MarketTrade trade) => trade.TakerBuys ? "sell" : "buy";

    public static Truth.TruthTrade ToTruth(this in MarketTrade trade, ScriptedMarket market) => new(
        trade.Id, market.PriceOf(trade.Price), ScriptedMarket.AmountOf(trade.Amount), trade.TakerBuys, trade.TimeUs);

    public static Utf8Text PriceMember(this Utf8Text text, string name, long price, SymbolSpec symbol) =>
        text.Key(name).TrimmedPrice(price, symbol);

    public static Utf8Text AmountMember(this Utf8Text text, string name, long amount) =>
        text.Key(name).TrimmedQuantity(amount);

    /// <summary>A number derived from a name, in the form of a UUID.</summary>
    public static string OrderId(long number) =>
        string.Create(CultureInfo.InvariantCulture, $"27fff20b-af29-4f45-8744-{number:x12}");
}
