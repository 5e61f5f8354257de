using System.Globalization;
using System.Text;
using System.Text.Json;
using Shouldly;
using Ticklake.Simulator.Market;

namespace Ticklake.Tests.Simulated;

/// <summary>
/// A book kept by the documented client procedure, with the wire's own number texts for the checksum.
/// </summary>
sealed class RebuiltBook(bool isRaw)
{
    sealed record Entry(decimal Price, decimal Amount, string Key, string AmountText, long Id);

    readonly Dictionary<string, Entry> _bids = [];
    readonly Dictionary<string, Entry> _asks = [];

    public int Largest { get; private set; }

    /// <summary>Applies a Bitfinex entry.</summary>
    public void ApplyBitfinex(JsonElement entry)
    {
        var (first, second, amount) = (entry[0].GetRawText(), entry[1].GetRawText(), entry[2].GetRawText());
        var signed = Number(amount);
        var (side, other) = signed > 0 ? (_bids, _asks) : (_asks, _bids);
        if (Number(isRaw ? second : first) == 0 || (!isRaw && second == "0"))
        {
            side.Remove(first).ShouldBeTrue("a deletion names what the client has: " + entry.GetRawText());
            return;
        }

        if (isRaw)
            other.Remove(first);
        side[first] = new(Number(isRaw ? second : first), signed, first, amount, isRaw ? long.Parse(first, null) : 0);
        Largest = Math.Max(Largest, Math.Max(_bids.Count, _asks.Count));
    }

    /// <summary>Applies a Binance level; quantity 0 removes.</summary>
    public void ApplyBinance(JsonElement level, bool isBid)
    {
        var (price, quantity) = (level[0].GetString()!, level[1].GetString()!);
        var side = isBid ? _bids : _asks;
        if (Number(quantity) == 0)
            side.Remove(price);
        else
            side[price] = new(Number(price), Number(quantity), price, quantity, 0);
    }

    /// <summary>Forgets what lies deeper than so many levels a side.</summary>
    public void Trim(int kept)
    {
        foreach (var (side, isBid) in new[] { (_bids, true), (_asks, false) })
        {
            foreach (var entry in Sorted(side, isBid).Skip(kept))
                side.Remove(entry.Key);
        }
    }

    public string ChecksumText()
    {
        var (bids, asks) = (Sorted(_bids, true), Sorted(_asks, false));
        var text = new StringBuilder();
        for (var i = 0; i < 25; i++)
        {
            foreach (var side in new[] { bids, asks })
            {
                if (i < side.Count)
                    text.Append(text.Length > 0 ? ":" : "").Append(side[i].Key).Append(':').Append(side[i].AmountText);
            }
        }

        return text.ToString();
    }

    public void ShouldBe(BookSnapshot truth)
    {
        Rows(Sorted(_bids, true)).ShouldBe(Rows(truth.Bids));
        Rows(Sorted(_asks, false)).ShouldBe(Rows(truth.Asks));
    }

    static List<(decimal, decimal, long)> Rows(IEnumerable<Entry> entries) =>
        [.. entries.Select(e => (e.Price, Math.Abs(e.Amount), e.Id))];

    static List<(decimal, decimal, long)> Rows(IEnumerable<BookRow> rows) =>
        [.. rows.Select(r => (r.Price, r.Amount, r.OrderId))];

    static List<Entry> Sorted(Dictionary<string, Entry> side, bool isBid) =>
        [.. (isBid ? side.Values.OrderByDescending(e => e.Price) : side.Values.OrderBy(e => e.Price))
            .ThenBy(e => e.Id)];

    static decimal Number(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
