using Ticklake.Simulator.Market;
using Ticklake.Simulator.Transport;

namespace Ticklake.Simulator.Gateio;

/// <summary>What Gate.io's pushes and REST answers share: numbers are strings without trailing zeros.</summary>
static class GateioPayloads
{
    const int QuoteScale = 8;

    /// <summary><c>{"time":…,"time_ms":…,"channel":…,"event":"update","result":{</c></summary>
    public static Utf8Text Push(this Utf8Text text, long nowMs, string channel) => text
        .Raw("{\"time\":"u8).Integer(nowMs / 1000).Key("time_ms").Integer(nowMs).Key("channel").Quoted(channel)
        .Raw(",\"event\":\"update\",\"result\":{"u8);

    /// <summary>An array of <c>["price","amount"]</c>.</summary>
    public static Utf8Text Levels(this Utf8Text text, IEnumerable<KeyValuePair<long, long>> levels, SymbolSpec symbol)
    {
        text.Raw("["u8);
        var isFirst = true;
        foreach (var (price, amount) in levels)
        {
            text.Raw(isFirst ? "["u8 : ",["u8).TrimmedPrice(price, symbol).Raw(","u8).TrimmedQuantity(amount).Raw("]"u8);
            isFirst = false;
        }

        return text.Raw("]"u8);
    }

    /// <summary>A sum of price × amount.</summary>
    public static Utf8Text Quote(this Utf8Text text, Int128 volume, SymbolSpec symbol)
    {
        for (var i = 0; i < symbol.PriceScale; i++)
            volume /= 10;
        return text.Trimmed((long)volume, QuoteScale);
    }

    /// <summary>The day's change in percent.</summary>
    public static Utf8Text Percent(this Utf8Text text, DayStatistics day) =>
        text.Raw("\""u8).Decimals(100m * (day.Last - day.Open) / day.Open, 4).Raw("\""u8);
}
