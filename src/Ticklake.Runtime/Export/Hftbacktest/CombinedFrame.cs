using System.Text;
using System.Text.Json;
using Ticklake.Core.Markets;

namespace Ticklake.Runtime.Export.Hftbacktest;

/// <summary>A received frame as hftbacktest's collector would have kept it: whose it is, and what it is wrapped in.</summary>
/// <param name="Symbol">The symbol, in the exchange's own letters.</param>
/// <param name="Stream">Tells streams of a symbol apart.</param>
/// <param name="Id">What numbers its messages, or 0.</param>
/// <param name="Prefix">What a frame of a raw connection lacks before it; empty where it is combined already.</param>
readonly record struct CombinedFrame(string Symbol, string Stream, long Id, string Prefix)
{
    /// <summary>False for what belongs to no symbol: acknowledgements, pongs, all-market streams.</summary>
    public static bool TryRead(MarketId market, ReadOnlySpan<byte> frame, out CombinedFrame read)
    {
        read = default;
        if (frame.IsEmpty || frame[0] != '{')
            return false;
        try
        {
            var reader = new Utf8JsonReader(frame);
            using var document = JsonDocument.ParseValue(ref reader);
            return market.Exchange == "bybit"
                ? TryTopic(document.RootElement, out read)
                : TryBinance(market, document.RootElement, out read);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // bybit: {"topic":"orderbook.50.BTCUSDT", …}; the collector takes what follows the last dot for the symbol.
    static bool TryTopic(JsonElement frame, out CombinedFrame read)
    {
        read = default;
        if (Text(frame, "topic") is not { } topic)
            return false;
        read = new CombinedFrame(topic[(topic.LastIndexOf('.') + 1)..], topic, 0, "");
        return read.Symbol.Length > 0;
    }

    static bool TryBinance(MarketId market, JsonElement frame, out CombinedFrame read)
    {
        read = default;
        if (Text(frame, "stream") is { } stream && frame.TryGetProperty("data", out var payload))
        {
            var at = stream.IndexOf('@');
            if (at < 1 || stream[0] == '!' || payload.ValueKind != JsonValueKind.Object)
                return false;
            read = new CombinedFrame(stream[..at].ToUpperInvariant(), stream, IdOf(payload), "");
            return true;
        }

        if (Text(frame, "s") is not { } symbol || NameOf(market, frame) is not { } name)
            return false;
        stream = $"{symbol.ToLowerInvariant()}@{name}";
        read = new CombinedFrame(symbol, stream, IdOf(frame), $"{{\"stream\":\"{stream}\",\"data\":");
        return true;
    }

    /// <summary>The usual stream of a raw payload: which of several speeds it came by, a payload does not say.</summary>
    static string? NameOf(MarketId market, JsonElement payload) => Text(payload, "e") switch
    {
        "depthUpdate" => "depth@100ms",
        "trade" => "trade",
        "aggTrade" => "aggTrade",
        "24hrTicker" => "ticker",
        "bookTicker" => "bookTicker",
        "markPriceUpdate" => "markPrice@1s",
        "kline" when payload.TryGetProperty("k", out var candle) && Text(candle, "i") is { } interval => $"kline_{interval}",
        null when market.Market == MarketId.Spot && payload.TryGetProperty("u", out _) && payload.TryGetProperty("A", out _) =>
            "bookTicker",
        _ => null,
    };

    /// <summary>Update id of books and best prices, id of trades.</summary>
    static long IdOf(JsonElement payload)
    {
        foreach (var name in (ReadOnlySpan<string>)["u", "t", "a"])
        {
            if (payload.TryGetProperty(name, out var id) && id.ValueKind == JsonValueKind.Number && id.TryGetInt64(out var number))
                return number;
        }

        return 0;
    }

    static string? Text(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>The symbol of a REST answer to a depth request that the stream's book began with, or null.</summary>
    public static string? SymbolOfAnswer(ReadOnlySpan<byte> path)
    {
        var text = Encoding.UTF8.GetString(path);
        var query = text.IndexOf("/depth?", StringComparison.Ordinal);
        // Behind # stands what else an answer was asked for: a comparison, a polled book.
        if (query < 0 || text.Contains('#', StringComparison.Ordinal))
            return null;
        return text[(query + 7)..].Split('&').Where(p => p.StartsWith("symbol=", StringComparison.Ordinal))
            .Select(p => p[7..]).FirstOrDefault();
    }
}
