using Ticklake.Simulator.Market;

namespace Ticklake.Simulator.Okx;

/// <summary>
/// The moving window of the best 400 levels a side, and what changes in it every 100 ms: a level pushed out is removed, one
/// that moves in is sent (okx.md 5.3). One chain of ids for all connections. Used with the timeline's gate held.
/// </summary>
sealed class OkxDepth
{
    public const int Levels = 400;

    // A book that does not change says so about once a minute.
    const long KeepAliveUs = 60_000_000;

    readonly ScriptedMarket _market;
    readonly Timeline _timeline;
    readonly OkxWindow _bids;
    readonly OkxWindow _asks;
    long _movedAt;
    long _resetBy;
    long _sentUs;

    public OkxDepth(ScriptedMarket market, Timeline timeline)
    {
        _market = market;
        _timeline = timeline;
        _bids = new(market.Bids);
        _asks = new(market.Asks);
        Move();
        timeline.Every(TimeSpan.FromMilliseconds(100), () =>
        {
            Flush();
            return true;
        });
    }

    /// <summary>The id that the next difference follows.</summary>
    public long LastSeqId { get; private set; }

    /// <summary>The id of the book's present state.</summary>
    public long SeqId => _market.LastUpdateId - _resetBy;

    public IReadOnlyList<BookLevel> Bids => _bids.Levels;

    public IReadOnlyList<BookLevel> Asks => _asks.Levels;

    /// <summary>A difference is ready; valid during the notification.</summary>
    public event Action<OkxDifference>? Ready;

    /// <summary>Numbers jump although nothing was lost.</summary>
    public void Skip(int count)
    {
        _market.SkipUpdateIds(count);
        LastSeqId += count;
    }

    /// <summary>The counter begins anew, as after a maintenance: the next difference is numbered lower than the last.</summary>
    public void Restart() => _resetBy = _market.LastUpdateId - 3;

    public BookSnapshot Window() => new(LastSeqId, Rows(Bids), Rows(Asks));

    List<BookRow> Rows(IReadOnlyList<BookLevel> levels) =>
        [.. levels.Select(l => new BookRow(_market.PriceOf(l.Price), ScriptedMarket.AmountOf(l.Amount), l.Count))];

    void Flush()
    {
        if (_market.LastUpdateId == _movedAt && _timeline.NowUs - _sentUs < KeepAliveUs)
            return;
        var previous = LastSeqId;
        var (bids, asks) = Move();
        if (bids.Count + asks.Count == 0 && _timeline.NowUs - _sentUs < KeepAliveUs)
        {
            LastSeqId = previous;
            return;
        }

        if (bids.Count + asks.Count == 0)
            LastSeqId = previous;
        _sentUs = _timeline.NowUs;
        Ready?.Invoke(new OkxDifference(previous, LastSeqId, bids, asks));
    }

    (IReadOnlyList<BookLevel> Bids, IReadOnlyList<BookLevel> Asks) Move()
    {
        _movedAt = _market.LastUpdateId;
        LastSeqId = SeqId;
        return (_bids.Move(), _asks.Move());
    }
}

/// <summary>Levels that changed since the difference before; count 0 = gone.</summary>
sealed record OkxDifference(
    long PrevSeqId, long SeqId, IReadOnlyList<BookLevel> Bids, IReadOnlyList<BookLevel> Asks);
