using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Shouldly;
using Ticklake.Core.Events;
using Ticklake.Exchanges;
using Ticklake.Exchanges.Coinbase;
using Ticklake.Tests.Fixtures;
using Xunit;

namespace Ticklake.Tests.Exchanges.Coinbase;

/// <summary>Every frame of the real recordings decodes, chains and rebuilds the known books.</summary>
public sealed class CoinbaseRecordingTests
{
    const string AdvancedTrade = "coinbase/advanced_trade_first500_20260809.jsonl.gz";
    const string Exchange = "coinbase/exchange_ws_5products_20210417.log.gz";

    [Fact]
    public void Advanced_trade_of_2026_decodes_and_counts()
    {
        var counts = new EventCounts();
        var decoder = NewDecoder();
        foreach (var frame in AdvancedTradeFrames())
            decoder.Decode(frame, counts).ShouldBe(FrameVerdict.Decoded, decoder.LastFault);
        counts.Sequences.ShouldBe(501, "500 frames and what is before the first");
        counts.SequenceBreaks.ShouldBe(0);
        counts.TradeIdBreaks.ShouldBe(0);
        (counts.BookSnapshots, counts.Books, counts.Tickers, counts.Heartbeats).ShouldBe((2, 358, 81, 12));
        (counts.Trades + counts.TradeSnapshotRows).ShouldBe(250);
    }

    [Fact]
    public void Exchange_of_2021_decodes_and_its_trades_are_consecutive()
    {
        var counts = new EventCounts();
        var decoder = NewDecoder();
        var frames = 0;
        foreach (var frame in ExchangeFrames())
        {
            frames++;
            decoder.Decode(frame, counts).ShouldBe(FrameVerdict.Decoded, decoder.LastFault);
        }

        frames.ShouldBeGreaterThan(4_000);
        counts.TradeIdBreaks.ShouldBe(0);
        counts.BookSnapshots.ShouldBe(5);
        counts.Sequences.ShouldBe(0);
        counts.Deletes.ShouldBeGreaterThan(0, "zero is written 0.0, 0.00 or 0.00000000");
    }

    [Theory]
    [InlineData(AdvancedTrade)]
    [InlineData(Exchange)]
    public void The_books_end_as_expected(string recording)
    {
        var levels = new LevelCount();
        var decoder = NewDecoder();
        foreach (var frame in recording == Exchange ? ExchangeFrames() : AdvancedTradeFrames())
            decoder.Decode(frame, levels);
        using var expected = JsonDocument.Parse(Recordings.Read("EXPECTED.json"));
        foreach (var symbol in expected.RootElement.GetProperty(recording).EnumerateObject())
        {
            var dump = new ArrayBufferWriter<byte>();
            levels.Books[symbol.Name].WriteCanonical(dump);
            Convert.ToHexStringLower(SHA256.HashData(dump.WrittenSpan))
                .ShouldBe(symbol.Value.GetProperty("sha256").GetString(), symbol.Name);
        }
    }

    /// <summary>
    /// Of the same trade the match names the maker's side and the ticker the taker's (coinbase.md 4.3).
    /// </summary>
    [Fact]
    public void The_side_of_a_trade_is_that_of_the_ticker()
    {
        var sides = new Dictionary<string, TradeSide>();
        var checkedTrades = 0;
        var log = new EventLog();
        var decoder = NewDecoder();
        foreach (var (_, id, isBuy) in Sides().Where(row => row.Type == "ticker"))
            sides[id] = isBuy ? TradeSide.Buy : TradeSide.Sell;
        foreach (var frame in ExchangeFrames())
        {
            if (SideOf(frame) is not { Type: "match", Id: var id } || !sides.TryGetValue(id, out var side))
                continue;
            log.Clear();
            decoder.Decode(frame, log);
            log.Lines[^1].ShouldContain($" {side} Trade");
            checkedTrades++;
        }

        checkedTrades.ShouldBeGreaterThan(50);

        static IEnumerable<(string Type, string Id, bool IsBuy)> Sides() => ExchangeFrames().Select(SideOf);
    }

    static (string Type, string Id, bool IsBuy) SideOf(byte[] frame)
    {
        using var json = JsonDocument.Parse(frame);
        var row = json.RootElement;
        return row.TryGetProperty("trade_id", out var trade)
            ? (row.GetProperty("type").GetString()!, row.GetProperty("product_id").GetString() + trade.GetInt64(),
                row.GetProperty("side").GetString() == "buy")
            : default;
    }

    [Fact]
    public void Messages_of_another_projects_tests_are_understood()
    {
        foreach (var line in RecordedFrames.Lines("coinbase/crypto_msg_parser_coinbase_pro.jsonl"))
        {
            using var row = JsonDocument.Parse(line);
            NewDecoder().Decode(Encoding.UTF8.GetBytes(row.RootElement.GetProperty("msg").GetRawText()), new EventLog())
                .ShouldNotBe(FrameVerdict.Malformed, line);
        }
    }

    static IEnumerable<byte[]> AdvancedTradeFrames() =>
        RecordedFrames.Cryptofeed(AdvancedTrade).Where(row => row.Path is null).Select(row => row.Frame);

    static IEnumerable<byte[]> ExchangeFrames() => RecordedFrames.Lines(Exchange)
        .Where(line => char.IsAsciiDigit(line[0]))
        .Select(line => Encoding.UTF8.GetBytes(line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..]));

    static IFrameDecoder NewDecoder() =>
        new CoinbaseExchange().CreateDecoder(CoinbaseExchange.Spot, DecoderOptions.Default);
}
