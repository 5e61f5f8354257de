using System.Globalization;
using System.Text;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Core.Numbers;

namespace Ticklake.Tests.Exchanges;

/// <summary>
/// Writes every call as one line of text: the form in which decoders' output is approved and compared.
/// </summary>
sealed class EventLog(params IEnumerable<StreamKey> known) : IEventWriter
{
    readonly List<string> _lines = [];

    // Streams known beforehand keep their numbers, so that two logs can be compared.
    readonly List<StreamKey> _streams = [.. known];

    public IReadOnlyList<string> Lines => _lines;

    public IReadOnlyList<StreamKey> Streams => _streams;

    /// <summary>Sequence numbers that the writer calls repetitions.</summary>
    public HashSet<long> Repeated { get; } = [];

    public List<ServerNotice> Notices { get; } = [];

    public StreamSlot Open(StreamKey key, StreamTags tags)
    {
        var index = _streams.IndexOf(key);
        if (index < 0)
        {
            index = _streams.Count;
            _streams.Add(key);
        }

        Line($"open {index} {key} {Tags(tags)}");
        return new StreamSlot(index);
    }

    public bool Sequence(long seq, StreamSlot? stream)
    {
        Line($"seq {seq}");
        return !Repeated.Contains(seq);
    }

    public void Write(StreamSlot stream, in TradeEvent trade) =>
        Line($"trade {stream.Index} {Text(trade.Stamp)} id={trade.Id} mts={trade.TradeTimeUs} {Text(trade.Price)} "
            + $"x {Text(trade.Amount)} {trade.Side} {trade.Message}{(trade.IsSnapshot ? " snapshot" : "")}");

    public void Write(StreamSlot stream, in BookUpdate update, ReadOnlySpan<BookLevel> levels)
    {
        Line($"book {stream.Index} {Text(update.Stamp)}{(update.IsSnapshot ? " snapshot" : "")} "
            + $"first={Text(update.FirstUpdateId)} last={Text(update.LastUpdateId)} "
            + $"prev={Text(update.PreviousUpdateId)} "
            + $"batch={Text(update.BatchId)}");
        foreach (var level in levels)
            Line($"  {level.Side} {Text(level.Price)} {Text(level.Amount)} count={level.Count}");
    }

    public void Write(StreamSlot stream, in RawBookUpdate update, ReadOnlySpan<BookOrder> orders)
    {
        Line($"raw {stream.Index} {Text(update.Stamp)}{(update.IsSnapshot ? " snapshot" : "")} "
            + $"batch={Text(update.BatchId)}");
        foreach (var order in orders)
            Line($"  {order.OrderId} {order.Side} {Text(order.Price)} {Text(order.Amount)}"
                + (order.IsDelete ? " delete" : ""));
    }

    public void Write(StreamSlot stream, in BookChecksum checksum) =>
        Line($"checksum {stream.Index} {Text(checksum.Stamp)} {checksum.Value}");

    public void Write(StreamSlot stream, in TickerEvent t) =>
        Line($"ticker {stream.Index} {Text(t.Stamp)} bid={Text(t.Bid)} x {Text(t.BidSize)} ask={Text(t.Ask)} "
            + $"x {Text(t.AskSize)} last={Text(t.Last)} vol={Text(t.Volume)} high={Text(t.High)} low={Text(t.Low)} "
            + $"change={Text(t.DailyChange)} rel={Text(t.DailyChangeRelative)}");

    public void Write(StreamSlot stream, in BookTickerEvent t) =>
        Line($"best {stream.Index} {Text(t.Stamp)} bid={Text(t.Bid)} x {Text(t.BidSize)} ask={Text(t.Ask)} "
            + $"x {Text(t.AskSize)} id={Text(t.UpdateId)}");

    public void Write(StreamSlot stream, in CandleEvent c) =>
        Line($"candle {stream.Index} {Text(c.Stamp)} at={c.OpenTimeUs} o={Text(c.Open)} h={Text(c.High)} "
            + $"l={Text(c.Low)} c={Text(c.Close)} v={Text(c.Volume)}{(c.IsSnapshot ? " snapshot" : "")} "
            + $"closed={c.IsClosed?.ToString() ?? "-"}");

    public void Write(StreamSlot stream, in DepthSnapshot snapshot, ReadOnlySpan<BookLevel> levels)
    {
        Line($"depth {stream.Index} {Text(snapshot.Stamp)} last={Text(snapshot.LastUpdateId)}");
        foreach (var level in levels)
            Line($"  {level.Side} {Text(level.Price)} {Text(level.Amount)} count={level.Count}");
    }

    public void Heartbeat(StreamSlot? stream) =>
        Line($"heartbeat {stream?.Index.ToString(CultureInfo.InvariantCulture) ?? "-"}");

    public void LatestTrade(StreamSlot stream, long tradeId) => Line($"latest {stream.Index} id={tradeId}");

    public void Notice(ServerNotice notice)
    {
        Notices.Add(notice);
        Line($"notice {notice.Kind} stream={notice.Stream?.Index.ToString(CultureInfo.InvariantCulture) ?? "-"} "
            + $"request={notice.RequestId ?? "-"} code={notice.Code} '{notice.Text}'");
    }

    public void Clear() => _lines.Clear();

    public override string ToString() => string.Concat(_lines.Select(line => line + "\n"));

    public static string Text(ExactDecimal value)
    {
        Span<byte> text = stackalloc byte[ExactDecimal.MaxTextLength];
        return value.IsNone ? "-" : Encoding.ASCII.GetString(text[..value.FormatOriginal(text)]);
    }

    static string Text(long value) => value == EventStamp.None ? "-" : value.ToString(CultureInfo.InvariantCulture);

    static string Text(EventStamp stamp) => $"seq={Text(stamp.Seq)} time={Text(stamp.ExchangeTimeUs)}";

    static string Tags(StreamTags tags) =>
        $"chan={tags.ChannelId?.ToString(CultureInfo.InvariantCulture) ?? "-"} sub={tags.SubscriptionId ?? "-"} "
        + $"prec={tags.Precision ?? "-"} freq={tags.Frequency ?? "-"} "
        + $"len={tags.Length?.ToString(CultureInfo.InvariantCulture) ?? "-"}";

    void Line(string line) => _lines.Add(line);
}
