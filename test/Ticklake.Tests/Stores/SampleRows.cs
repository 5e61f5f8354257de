using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Core.Numbers;
using Ticklake.Stores.Tables;

namespace Ticklake.Tests.Stores;

/// <summary>Batches with known rows, for tests of stores.</summary>
static class SampleRows
{
    public const string Journal = "journal/bitfinex/spot/c1/1.jsonl.zst";

    /// <summary>2025-01-17T08:00:00Z in microseconds.</summary>
    public const long Morning = 1_737_100_800_000_000;

    public const long Hour = 3_600_000_000;

    public static StreamKey Trades { get; } = Stream(Channel.Trades, "tBTCUSD");

    public static StreamKey Books { get; } = Stream(Channel.Books, "tBTCUSD");

    public static StreamKey Stream(Channel channel, string symbol, string variant = "") =>
        new(new MarketId("bitfinex", MarketId.Spot), channel, symbol, variant);

    public static BatchHeader Header(StreamKey stream, string sourceFile = Journal) =>
        new(stream, "BTC-USD", "c1", sourceFile)
        {
            Tags = new StreamTags(ChannelId: 17, Precision: "P0", Frequency: "F0", Length: 25),
            ConfFlags = 65536,
        };

    public static TradeRows TradeBatch(RowBatchPool pool, StreamKey? stream = null, string sourceFile = Journal) =>
        (TradeRows)pool.Rent(Header(stream ?? Trades, sourceFile));

    public static ExactDecimal Number(string text) =>
        ExactDecimal.TryParse(System.Text.Encoding.ASCII.GetBytes(text), out var value)
            ? value
            : throw new FormatException(text);

    public static TradeEvent Trade(long id, long seq = EventStamp.None) => new(
        new EventStamp(seq, Morning + id),
        TradeId.Of(id),
        Morning + id,
        Number("42000.5"),
        Number("0.25"),
        id % 2 == 0 ? TradeSide.Buy : TradeSide.Sell,
        TradeMessage.Executed,
        IsSnapshot: false);

    /// <summary>Adds frames of one trade each, one a line, the lines a millisecond apart.</summary>
    public static TradeRows AddTrades(this TradeRows batch, long firstLine, int count, long startUs = Morning)
    {
        for (var line = firstLine; line < firstLine + count; line++)
            batch.Add(new RowStamp(startUs + (line * 1000), line, 0), Trade(line, seq: line));
        return batch;
    }

    /// <summary>
    /// A batch of any table with a row in it that has something in every column, and one that has as little as may be.
    /// </summary>
    public static RowBatch OneOfEach(RowBatchPool pool, Channel channel)
    {
        var key = Stream(channel, "tBTCUSD", channel == Channel.Candles ? "1m" : "");
        var batch = pool.Rent(Header(key));
        AddRow(batch, new RowStamp(Morning, 7, 0), isFull: true);
        AddRow(batch, new RowStamp(Morning + 1, 8, 0), isFull: false);
        return batch;
    }

    static void AddRow(RowBatch batch, RowStamp at, bool isFull)
    {
        var stamp = isFull ? new EventStamp(99, Morning - 5) : EventStamp.Empty;
        var id = isFull ? 5 : EventStamp.None;
        var maybe = isFull ? Number("1.5") : ExactDecimal.None;
        var level = new BookLevel(BookSide.Ask, Number("2.50"), Number("3"), isFull ? 4 : -1);
        switch (batch)
        {
            case TickerRows rows:
                rows.Add(at, new TickerEvent(
                    stamp, maybe, maybe, maybe, maybe, maybe, maybe, maybe, maybe, maybe, maybe));
                break;
            case BookTickerRows rows:
                rows.Add(at, new BookTickerEvent(stamp, maybe, maybe, maybe, maybe, id));
                break;
            case TradeRows rows:
                rows.Add(at, Trade(1) with { Stamp = stamp, Id = isFull ? TradeId.Of(31) : default });
                break;
            case BookRows rows:
                rows.Add(at, new BookUpdate(stamp, isFull, id, id, id, id), level);
                break;
            case RawBookRows rows:
                var order = new BookOrder(12, BookSide.Bid, Number("1"), Number("2"), !isFull);
                rows.Add(at, new RawBookUpdate(stamp, isFull, id), order);
                break;
            case CandleRows rows:
                var one = Number("1");
                rows.Add(at, new CandleEvent(stamp, Morning, one, one, one, one, one, isFull, isFull ? true : null));
                break;
            case DepthRows rows:
                rows.Add(at, new DepthSnapshot(stamp, id), 3, level);
                break;
            case MarkPriceRows rows:
                rows.Add(at, new MarkPriceEvent(stamp, maybe, maybe, maybe, maybe, isFull ? Morning + Hour : EventStamp.None));
                break;
            case LiquidationRows rows:
                rows.Add(at, new LiquidationEvent(
                    stamp, Morning, isFull ? TradeSide.Sell : TradeSide.Buy, maybe, maybe, Number("3"), maybe,
                    isFull ? LiquidationStatus.PartiallyFilled : LiquidationStatus.Unknown));
                break;
            case ControlRows rows:
                var control = new ControlEvent("gap", "books", "tBTCUSD", "BTC-USD");
                rows.Add(at, control with { Stamp = stamp, FromSeq = id, ToSeq = id });
                break;
        }
    }
}
