using Ticklake.Core.Markets;
using Ticklake.Stores.Segments;

namespace Ticklake.Runtime.Export.Tardis;

/// <summary>What tardis.dev calls markets, symbols and files.</summary>
static class TardisNames
{
    static readonly Dictionary<string, string> Exchanges = new()
    {
        ["binance/spot"] = "binance",
        ["binance/usdm"] = "binance-futures",
        ["binance/coinm"] = "binance-delivery",
        ["bitfinex/spot"] = "bitfinex",
        ["bybit/spot"] = "bybit-spot",
        ["bybit/linear"] = "bybit",
        ["coinbase/spot"] = "coinbase",
        ["gateio/spot"] = "gate-io",
        ["okx/spot"] = "okex",
        ["okx/swap"] = "okex-swap",
        ["okx/futures"] = "okex-futures",
        ["upbit/spot"] = "upbit",
    };

    /// <summary>Its name there; where it has none, ours.</summary>
    public static string ExchangeOf(MarketId market) => Exchanges.GetValueOrDefault(market.ToString(), market.PathName);

    public static bool Knows(MarketId market) => Exchanges.ContainsKey(market.ToString());

    /// <summary>Always upper case; Bitfinex' without the letter that tells trading pairs from currencies.</summary>
    public static string SymbolOf(StreamKey stream) =>
        (stream.Market.Exchange == "bitfinex" && stream.Symbol is ['t', _, ..] ? stream.Symbol[1..] : stream.Symbol).ToUpperInvariant();

    /// <summary><c>binance_trades_2026-11-21_BTCUSDT.csv.gz</c>; what no file name may hold becomes a hyphen.</summary>
    public static string FileOf(TardisType type, StreamKey stream, long us)
    {
        var symbol = SymbolOf(stream).ToCharArray();
        for (var i = 0; i < symbol.Length; i++)
        {
            if (!char.IsLetterOrDigit(symbol[i]) && symbol[i] is not ('-' or '_' or '.' or '+'))
                symbol[i] = '-';
        }

        return $"{ExchangeOf(stream.Market)}_{type.Name}_{UtcText.Day(us)}_{new string(symbol)}.csv.gz";
    }
}
