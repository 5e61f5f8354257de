using System.Text.Json;
using Ticklake.Core.Markets;
using Ticklake.Core.Numbers;

namespace Ticklake.Exchanges.Bitfinex;

/// <summary>
/// <c>GET /v2/conf</c> (bitfinex.md 6.6): pairs, currencies, and the usual tickers of currencies that Bitfinex calls otherwise.
/// There is no tick size: prices have five significant digits.
/// </summary>
sealed class BitfinexInstrumentReader : JsonInstrumentReader
{
    const string Path =
        "/v2/conf/pub:map:currency:sym,pub:list:pair:exchange,pub:list:pair:futures,pub:list:currency";

    // 15 a minute, half of what books and tickers have (bitfinex.md 6).
    const int Weight = 2;

    readonly Dictionary<string, string> _usual = [];

    public BitfinexInstrumentReader() => Next = new RestRequest(Path, Weight);

    protected override void Read(JsonElement root)
    {
        foreach (var map in root[0].EnumerateArray())
            _usual[map[0].GetString()!] = map[1].GetString()!.ToUpperInvariant();
        AddPairs(root[1], "spot");
        AddPairs(root[2], "perpetual");
        foreach (var currency in root[3].EnumerateArray())
            Add(Described("f" + currency.GetString(), Usual(currency.GetString()!), "", "funding"));
        Next = null;
    }

    void AddPairs(JsonElement pairs, string kind)
    {
        foreach (var pair in pairs.EnumerateArray())
        {
            var name = pair.GetString()!;
            var colon = name.IndexOf(':', StringComparison.Ordinal);
            var (from, to) = colon >= 0 ? (colon, colon + 1) : (name.Length / 2, name.Length / 2);
            Add(Described("t" + name, Usual(name[..from]), Usual(name[to..]), kind));
        }
    }

    string Usual(string code) => _usual.TryGetValue(code, out var usual) ? usual : BitfinexInstruments.Usual(code);

    static Instrument Described(string symbol, string baseCode, string quote, string kind) => new(
        symbol, baseCode, quote, kind, "", ExactDecimal.None, ExactDecimal.None, ExactDecimal.None);
}
