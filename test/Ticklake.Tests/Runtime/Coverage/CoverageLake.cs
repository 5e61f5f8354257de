using System.Text.Json;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;
using Ticklake.Runtime.Coverage;
using Ticklake.Runtime.Pipeline;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;
using Ticklake.Tests.Stores;

namespace Ticklake.Tests.Runtime.Coverage;

/// <summary>A lake of hand-made segments and <c>controls</c> rows; times are texts of one day, <c>08:30:00</c>.</summary>
sealed class CoverageLake : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("ticklake-coverage-").FullName;
    readonly RowBatchPool _pool = new();
    readonly SegmentCatalog _catalog;
    readonly SegmentStore _store;
    readonly MarketId _market;
    long _line;

    public CoverageLake(string exchange = "bitfinex")
    {
        _market = new MarketId(exchange, MarketId.Spot);
        _catalog = new SegmentCatalog(_folder, DiskFileSystem.Instance);
        _store = new SegmentStore(new SegmentSetting(new SegmentOptions(), _folder, DiskFileSystem.Instance, _catalog, _pool));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public StreamKey Stream(Channel channel, string variant = "") => new(_market, channel, "BTCUSDT", variant);

    /// <summary>A session's first row, with the streams it is to carry.</summary>
    public void Open(string time, string session, params StreamKey[] streams) => Control(
        time, session, "open", null, new
        {
            e = "open",
            exchange = _market.Exchange,
            market = _market.Market,
            conn_id = session,
            streams = streams.Where(s => !DerivedStream.IsDerived(s)).ToDictionary(s => s.ChannelName, s => new[] { s.Symbol }),
            derived = streams.Where(DerivedStream.IsDerived)
                .Select(s => new { channel = s.Channel.Name(), symbol = s.Symbol, variant = s.Variant }),
        });

    public void Close(string time, string session, string reason = "the recorder stops") =>
        Control(time, session, "close", null, new { e = "close", reason });

    /// <summary>The recorder found that nobody had listened.</summary>
    public void Disconnect(string time, string session, StreamKey stream, string since) => Control(
        time, session, "disconnect", stream,
        new { rule = "the stream is connected", expected = Nine(since), seen = Nine(time) });

    /// <summary>An occurrence that names its stream in its detail.</summary>
    public void Happened(string time, string session, string kind, StreamKey stream) =>
        Control(time, session, kind, null, new { e = kind, channel = stream.ChannelName, symbol = stream.Symbol });

    public void Control(string time, string session, string kind, StreamKey? stream, object? detail = null)
    {
        var batch = (ControlRows)_pool.Rent(new BatchHeader(IntegrityLog.StreamOf(_market), "", session, Journal(session)));
        batch.Add(
            new RowStamp(Us(time), ++_line, 0),
            new ControlEvent(kind, stream?.ChannelName ?? "controls", stream?.Symbol ?? "", "")
            {
                Detail = JsonSerializer.Serialize(detail ?? new { }),
            });
        Append(batch);
    }

    public void Trades(string session, params string[] times) => Trades(session, null, times);

    public void Trades(string session, GapMark? hole, params string[] times)
    {
        var batch = (TradeRows)_pool.Rent(new BatchHeader(Stream(Channel.Trades), "", session, Journal(session)));
        if (hole is not null)
            batch.AddGap(hole);
        foreach (var time in times)
            batch.Add(new RowStamp(Us(time), ++_line, 0), SampleRows.Trade(_line, seq: _line));
        Append(batch);
    }

    public void BestPrices(string session, string variant, params string[] times)
    {
        var batch = (BookTickerRows)_pool.Rent(
            new BatchHeader(Stream(Channel.BookTicker, variant), "", session, Journal(session)));
        foreach (var time in times)
        {
            var (bid, ask) = (SampleRows.Number("1"), SampleRows.Number("2"));
            batch.Add(new RowStamp(Us(time), ++_line, 0), new BookTickerEvent(EventStamp.Empty, bid, bid, ask, bid, 1));
        }

        Append(batch);
    }

    /// <summary>Seals all and makes the ledger.</summary>
    public CoverageLedger Ledger(string endReason = EndReasons.Shutdown)
    {
        _store.SealAllAsync(endReason).AsTask().GetAwaiter().GetResult();
        return CoverageLedger.Read(_folder, _catalog.Entries());
    }

    public StreamCoverage Of(StreamKey stream, string endReason = EndReasons.Shutdown) =>
        Ledger(endReason).Streams.Single(s => s.Stream == stream);

    public static string Letters(StreamCoverage stream) => string.Concat(stream.Hours.Select(h => h.Letter));

    public static string[] Holes(StreamCoverage stream) =>
        [.. stream.Holes.Select(h => $"{h.Reason} {Time(h.FromUs)} {Time(h.ToUs)}")];

    public static string[] Holes(CoverageHour hour) => [.. hour.Holes.Select(h => $"{h.Reason} {Time(h.FromUs)} {Time(h.ToUs)}")];

    public static string Time(long us) => UtcText.Micros(us)[11..19];

    public static string Journal(string session) => $"journal/x/spot/{session}/1.jsonl.zst";

    public static long Us(string time) => UtcText.ParseMicros($"2025-01-17T{time}.000000Z");

    static string Nine(string time) => $"2025-01-17T{time}.000000000Z";

    void Append(RowBatch batch) => _store.AppendAsync(batch).AsTask().GetAwaiter().GetResult();
}
