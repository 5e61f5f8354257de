using System.Globalization;
using System.Text;
using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.Bybit;

/// <summary>The fields of a ticker as JSON texts. Every one is a string; spot has neither bid nor ask.</summary>
static class BybitTicker
{
    public static IReadOnlyList<(string Name, string Json)> Spot(BybitMarket market)
    {
        var day = market.Scripted.Day;
        return
        [
            ("lastPrice", Price(market, day.Last)),
            ("highPrice24h", Price(market, day.High)),
            ("lowPrice24h", Price(market, day.Low)),
            ("prevPrice24h", Price(market, day.Open)),
            ("volume24h", Text(t => t.TrimmedQuantity(day.Volume))),
            ("turnover24h", Text(t => t.Turnover(day.QuoteVolume, market))),
            ("price24hPcnt", Change(market)),
            ("usdIndexPrice", "\"\""),
        ];
    }

    public static IReadOnlyList<(string Name, string Json)> Linear(BybitMarket market)
    {
        var day = market.Scripted.Day;
        var (bid, ask) = (market.Best.Bid, market.Best.Ask);
        var interest = day.Volume / 3;
        return
        [
            ("tickDirection", "\"ZeroPlusTick\""),
            ("price24hPcnt", Change(market)),
            ("lastPrice", Price(market, day.Last)),
            ("prevPrice24h", Price(market, day.Open)),
            ("highPrice24h", Price(market, day.High)),
            ("lowPrice24h", Price(market, day.Low)),
            ("prevPrice1h", Price(market, day.Open)),
            ("markPrice", Price(market, (bid.Price + ask.Price) / 2)),
            ("indexPrice", Price(market, ((bid.Price + ask.Price) / 2) + 1)),
            ("openInterest", Text(t => t.TrimmedQuantity(interest))),
            ("openInterestValue", Text(t => t.Turnover((Int128)interest * day.Last, market))),
            ("turnover24h", Text(t => t.Turnover(day.QuoteVolume, market))),
            ("volume24h", Text(t => t.TrimmedQuantity(day.Volume))),
            ("fundingIntervalHour", "\"8\""),
            ("fundingCap", "\"0.005\""),
            ("nextFundingTime", "\"1795219200000\""),
            ("fundingRate", "\"-0.00001213\""),
            ("bid1Price", Price(market, bid.Price)),
            ("bid1Size", Text(t => t.TrimmedQuantity(bid.Amount))),
            ("ask1Price", Price(market, ask.Price)),
            ("ask1Size", Text(t => t.TrimmedQuantity(ask.Amount))),
        ];
    }

    static string Price(BybitMarket market, long price) => Text(t => t.Price(price, market));

    static string Change(BybitMarket market)
    {
        var day = market.Scripted.Day;
        return string.Create(CultureInfo.InvariantCulture, $"\"{(decimal)(day.Last - day.Open) / day.Open:F6}\"");
    }

    static string Text(Action<Utf8Text> write)
    {
        var text = new Utf8Text();
        write(text);
        return Encoding.UTF8.GetString(text.Written);
    }
}
