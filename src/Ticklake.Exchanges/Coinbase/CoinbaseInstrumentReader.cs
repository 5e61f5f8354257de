using System.Globalization;
using System.Text.Json;
using Ticklake.Core.Markets;
using Ticklake.Core.Numbers;

namespace Ticklake.Exchanges.Coinbase;

/// <summary>
/// <c>GET /api/v3/brokerage/market/products</c>, page by page (coinbase.md 6.2). A product with an alias has no frames of its
/// own: it is listed with the pair under which its frames come, and with the status <c>alias</c> (4.14).
/// </summary>
sealed class CoinbaseInstrumentReader : JsonInstrumentReader
{
    public const string Path = "/api/v3/brokerage/market/products?product_type=SPOT";
    public const int PageRows = 500;

    const string AliasStatus = "alias";

    int _read;

    public CoinbaseInstrumentReader() => Next = Page(0);

    protected override void Read(JsonElement root)
    {
        var products = root.GetProperty("products");
        foreach (var item in products.EnumerateArray())
        {
            var parts = PairOf(item);
            Add(new Instrument(
                Text(item, "product_id"),
                parts.Base,
                parts.Quote,
                "spot",
                StatusOf(item),
                PriceStep(item),
                Number(item, "base_increment"),
                ExactDecimal.None));
        }

        _read += products.GetArrayLength();
        // A page that is not full is the last; what follows a full one may be empty.
        Next = products.GetArrayLength() < PageRows ? null : Page(_read);
    }

    static (string Base, string Quote) PairOf(JsonElement item)
    {
        var real = Text(item, "alias").Split('-');
        return real.Length == 2
            ? (real[0], real[1])
            : (Text(item, "base_currency_id"), Text(item, "quote_currency_id"));
    }

    // The flags go before the word: a product may be "online" and closed to trading.
    static string StatusOf(JsonElement item)
    {
        if (Text(item, "alias").Length > 0)
            return AliasStatus;
        foreach (var flag in new[] { "is_disabled", "trading_disabled", "view_only" })
        {
            if (item.TryGetProperty(flag, out var value) && value.ValueKind == JsonValueKind.True)
                return flag;
        }

        return Text(item, "status");
    }

    static ExactDecimal PriceStep(JsonElement item)
    {
        var step = Number(item, "price_increment");
        return step.IsNone ? Number(item, "quote_increment") : step;
    }

    static RestRequest Page(int from) => new(
        string.Create(CultureInfo.InvariantCulture, $"{Path}&limit={PageRows}&offset={from}"), 1);
}
