using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Shouldly;
using Ticklake.Core.Books;
using Ticklake.Core.Events;
using Ticklake.Core.Numbers;
using Ticklake.Tests.Fixtures;
using Xunit;

namespace Ticklake.Tests.Core.Books;

public sealed class RecordedBooksTests
{
    const string Marfusios = "bitfinex/marfusios_tBTCUSD_book_trades_20181112.txt.gz";

    static void ShouldBeExpected(PriceBook book, string recording, string symbol)
    {
        using var expected = JsonDocument.Parse(Recordings.Read("EXPECTED.json"));
        var of = expected.RootElement.GetProperty(recording).GetProperty(symbol);
        book.Count(BookSide.Bid).ShouldBe(of.GetProperty("bid_levels").GetInt32());
        book.Count(BookSide.Ask).ShouldBe(of.GetProperty("ask_levels").GetInt32());
        var dump = new ArrayBufferWriter<byte>();
        book.WriteCanonical(dump);
        Convert.ToHexStringLower(SHA256.HashData(dump.WrittenSpan)).ShouldBe(of.GetProperty("sha256").GetString());
    }

    [Fact]
    public void Both_marfusios_sessions_end_with_the_expected_books()
    {
        var book = new PriceBook();
        var unknownDeletes = 0;
        var crossed = 0;
        var sessions = 0;
        var channel = -1;
        foreach (var message in Recordings.ReadText(Marfusios).Split(";;"))
        {
            if (message.StartsWith("{\"event\":\"info\"", StringComparison.Ordinal) && sessions++ == 1)
            {
                ShouldBeExpected(book, Marfusios, "session 1 tBTCUSD P0 len 100");
                book.Clear();
            }

            if (!message.StartsWith('['))
            {
                if (message.Contains("\"channel\":\"book\"", StringComparison.Ordinal))
                    channel = JsonDocument.Parse(message).RootElement.GetProperty("chanId").GetInt32();
                continue;
            }

            using var frame = JsonDocument.Parse(message);
            if (frame.RootElement[0].GetInt32() != channel || frame.RootElement[1].ValueKind != JsonValueKind.Array)
                continue;
            unknownDeletes += ApplyBitfinex(book, frame.RootElement[1]);
            crossed += book.IsCrossed ? 1 : 0;
        }

        ShouldBeExpected(book, Marfusios, "session 2 tBTCUSD P0 len 100");
        sessions.ShouldBe(2);
        unknownDeletes.ShouldBe(0);
        crossed.ShouldBe(0);
    }

    static int ApplyBitfinex(PriceBook book, JsonElement payload)
    {
        if (payload.GetArrayLength() > 0 && payload[0].ValueKind == JsonValueKind.Array)
        {
            book.Clear();
            foreach (var entry in payload.EnumerateArray())
                ApplyBitfinexLevel(book, entry);
            return 0;
        }

        return ApplyBitfinexLevel(book, payload) == BookChange.UnknownDelete ? 1 : 0;
    }

    static BookChange ApplyBitfinexLevel(PriceBook book, JsonElement entry)
    {
        var amount = Number(entry[2]);
        var side = amount.IsNegative ? BookSide.Ask : BookSide.Bid;
        var count = entry[1].GetInt32();
        return book.Apply(new(side, Number(entry[0]), count == 0 ? ExactDecimal.Zero : amount.Abs(), count));
    }

    static ExactDecimal Number(JsonElement element)
    {
        var text = JsonMarshal.GetRawUtf8Value(element);
        if (element.ValueKind == JsonValueKind.String)
            text = text[1..^1];
        ExactDecimal.TryParse(text, out var value).ShouldBeTrue();
        return value;
    }

    [Theory]
    [InlineData("binance_spot", "hftbacktest_spot_btcusdt", "BTCUSDT", 2)]
    [InlineData("binance_usdm", "hftbacktest_usdm_btcusdt", "BTCUSDT", 1)]
    [InlineData("binance_coinm", "hftbacktest_cm_btcusd_perp", "BTCUSD_PERP", 2)]
    public void Binance_books_are_the_expected_ones(string folder, string name, string symbol, int files)
    {
        string[] names = [$"{name}_20240808.gz", $"{name}_20240809.gz"];
        var book = new PriceBook();
        var lastId = 0L;
        var early = new List<JsonElement>();
        foreach (var line in names.Take(files).SelectMany(n => Recordings.ReadText($"{folder}/{n}").Split('\n')))
        {
            var json = line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..];
            if (!json.Contains("depthUpdate", StringComparison.Ordinal)
                && !json.Contains("lastUpdateId", StringComparison.Ordinal))
                continue;
            using var message = JsonDocument.Parse(json);
            if (message.RootElement.TryGetProperty("lastUpdateId", out var id))
            {
                lastId = id.GetInt64();
                ApplyBinance(book, message.RootElement, "bids", "asks");
                foreach (var update in early.Where(u => u.GetProperty("u").GetInt64() > lastId))
                    ApplyBinance(book, update, "b", "a");
                continue;
            }

            var delta = message.RootElement.GetProperty("data");
            if (lastId == 0)
                early.Add(delta.Clone());
            else if (delta.GetProperty("u").GetInt64() > lastId)
                ApplyBinance(book, delta, "b", "a");
        }

        var key = string.Join(" + ", names.Take(files).Select((n, i) => i == 0 ? $"{folder}/{n}" : n));
        ShouldBeExpected(book, key, symbol);
    }

    static void ApplyBinance(PriceBook book, JsonElement update, string bids, string asks)
    {
        foreach (var level in update.GetProperty(bids).EnumerateArray())
            book.Apply(new(BookSide.Bid, Number(level[0]), Number(level[1])));
        foreach (var level in update.GetProperty(asks).EnumerateArray())
            book.Apply(new(BookSide.Ask, Number(level[0]), Number(level[1])));
    }
}
