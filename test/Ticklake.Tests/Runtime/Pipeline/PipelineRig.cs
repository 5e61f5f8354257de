using System.Globalization;
using System.Text;
using Ticklake.Core.Markets;
using Ticklake.Core.Time;
using Ticklake.Exchanges;
using Ticklake.Runtime.Journal;
using Ticklake.Runtime.Pipeline;
using Ticklake.Stores.Segments;
using Ticklake.Stores.Tables;

namespace Ticklake.Tests.Runtime.Pipeline;

/// <summary>A pipeline fed with hand-written lines, and what it gave: findings, and batches as they were handed over.</summary>
sealed class PipelineRig : IBatchSink
{
    readonly RowBatchPool _pool = new();
    readonly IExchange _exchange;
    long _line;

    public PipelineRig(
        string exchange, StreamStates? states = null, string? follows = null, string conn = "c1", long time = 1000,
        IReadOnlyList<DerivedStream>? derived = null)
    {
        _exchange = ExchangeCatalog.Find(exchange)!;
        Market = _exchange.Markets[0];
        States = states ?? new StreamStates(_exchange);
        Time = time;
        Pipeline = new MarketPipeline(
            _exchange,
            new SessionIdentity(Market, conn, null, follows) { Derived = derived ?? [] },
            States,
            new PipelineOutputs(this, _pool, Findings.Add));
        Pipeline.BeginFile(conn + "-1");
    }

    public MarketId Market { get; }

    public StreamStates States { get; }

    public MarketPipeline Pipeline { get; }

    public List<IntegrityEvent> Findings { get; } = [];

    public List<RowBatch> Batches { get; } = [];

    /// <summary>Milliseconds; a line takes one.</summary>
    public long Time { get; set; }

    public bool TryTake(RowBatch batch)
    {
        Batches.Add(batch);
        return true;
    }

    /// <summary>The number of the last line.</summary>
    public long Line => _line;

    public PipelineRig Receive(params string[] frames)
    {
        foreach (var frame in frames)
            Receive(Encoding.UTF8.GetBytes(frame));
        return this;
    }

    public void Receive(byte[] frame) => Pipeline.Process(
        new JournalLine
        {
            Kind = JournalLineKind.Received,
            Time = new TimestampNs(++Time * 1_000_000),
            LineNumber = ++_line,
            Payload = frame,
        });

    public PipelineRig Answer(string path, string body)
    {
        Pipeline.Process(
            new JournalLine
            {
                Kind = JournalLineKind.Answer,
                Time = new TimestampNs(++Time * 1_000_000),
                LineNumber = ++_line,
                Path = Encoding.UTF8.GetBytes(path),
                Status = 200,
                Payload = Encoding.UTF8.GetBytes(body),
            });
        return this;
    }

    public void BeginFile(string name, Func<StreamKey, IReadOnlyList<LineRange>>? sealedLines = null)
    {
        Pipeline.BeginFile(name, sealedLines);
        _line = 0;
    }

    public PipelineRig End()
    {
        Pipeline.End();
        return this;
    }

    /// <summary><c>kind line channel symbol</c> of each finding.</summary>
    public List<string> Found => [.. Findings.Select(
        x => $"{x.Kind} {x.LineNumber} {x.Stream?.ChannelName} {x.Stream?.Symbol}".TrimEnd())];

    /// <summary>Journal lines of the rows of a table, in order, over all batches.</summary>
    public List<long> Lines(Channel channel) =>
        [.. Batches.Where(x => x.Header.Stream.Channel == channel).SelectMany(x => x.Lines.ToArray())];

    /// <summary>Every row's place, stream by stream: what must not depend on how batches are cut.</summary>
    public List<string> Rows() =>
    [
        .. Batches.GroupBy(x => x.Header.Stream.ToString()).OrderBy(x => x.Key, StringComparer.Ordinal).SelectMany(
            stream => stream.SelectMany(x => Enumerable.Range(0, x.Count).Select(
                i => $"{stream.Key} {x.RecvUs[i]} {x.Lines[i]} {x.Sequences[i]}"))),
    ];

    public static string Depth(long first, long last, string bids = "[\"10\",\"1\"]", string asks = "[\"11\",\"1\"]") =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1000,"s":"BTCUSDT","U":{{{first}}},"u":{{{last}}},"b":[{{{bids}}}],"a":[{{{asks}}}]}}""");

    public static string Trade(long id, string symbol = "btcusdt") => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"stream":"{{{symbol}}}@trade","data":{"e":"trade","E":1000,"s":"{{{symbol.ToUpperInvariant()}}}","t":{{{id}}},"p":"10.5","q":"1","T":1000,"m":true,"M":true}}""");

    public static string Best(long id) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"stream":"btcusdt@bookTicker","data":{"u":{{{id}}},"s":"BTCUSDT","b":"10","B":"1","a":"11","A":"1"}}""");

    public PipelineRig Snapshot(long id, string bids = "[\"10\",\"5\"]", string asks = "[\"11\",\"5\"]") => Answer(
        "/api/v3/depth?symbol=BTCUSDT&limit=1000",
        string.Create(CultureInfo.InvariantCulture, $$"""{"lastUpdateId":{{id}},"bids":[{{bids}}],"asks":[{{asks}}]}"""));

    public StreamState State(Channel channel, string symbol = "BTCUSDT", string variant = "") =>
        States.Of(new StreamKey(Market, channel, symbol, variant));
}
