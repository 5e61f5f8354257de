namespace Ticklake.Simulator.Truth;

/// <summary>
/// What one stream has sent over all connections. Rows are counted as a complete recording would hold them:
/// trades: one per trade id, whether it came in a snapshot, as <c>te</c>, as <c>tu</c> or several times;
/// books, raw_books: one per entry of every snapshot and update frame, deletions included;
/// depth_snapshots: one per level of every frame; candles: one per candle of every frame;
/// ticker, book_ticker: one per frame. Heartbeats and checksums make no rows.
/// Written under the log's lock; the numbers may be read at any time.
/// </summary>
public sealed class TruthStream
{
    readonly Dictionary<long, TruthTrade> _trades = [];
    long _rows;
    long _bulkRows;

    internal TruthStream(string exchange, string name, string table, string symbol)
    {
        Exchange = exchange;
        Name = name;
        Table = table;
        Symbol = symbol;
    }

    public string Exchange { get; }

    /// <summary>
    /// As the protocol writes it: <c>btcusdt@trade</c>; <c>book:tBTCUSD:P0:F0:25</c>, <c>trades:tBTCUSD</c>.
    /// </summary>
    public string Name { get; }

    /// <summary>The table its rows belong to (design.md section 5); empty for streams that fill none.</summary>
    public string Table { get; }

    public string Symbol { get; }

    public long Frames { get; private set; }

    public long Snapshots { get; private set; }

    public long Heartbeats { get; private set; }

    public long Checksums { get; private set; }

    public long Rows => _trades.Count > 0 ? _trades.Count + _bulkRows : _rows;

    /// <summary>Distinct trades by id; empty where a load test only counted them.</summary>
    public IReadOnlyDictionary<long, TruthTrade> Trades => _trades;

    internal void Add(FrameKind kind, int rows, IReadOnlyList<TruthTrade> trades)
    {
        Frames++;
        _rows += rows;
        if (kind == FrameKind.Snapshot)
            Snapshots++;
        else if (kind == FrameKind.Heartbeat)
            Heartbeats++;
        else if (kind == FrameKind.Checksum)
            Checksums++;
        foreach (var trade in trades)
            _trades.TryAdd(trade.Id, trade);
    }

    internal void AddRun(long frames, long rows, long checksums)
    {
        Frames += frames;
        Checksums += checksums;
        _rows += rows;
        _bulkRows += rows;
    }
}
