using Microsoft.Extensions.Logging;
using Ticklake.Core.Markets;
using Ticklake.Exchanges;
using Ticklake.Runtime.Sessions;
using Ticklake.Runtime.Telemetry;

namespace Ticklake.Runtime.Instruments;

/// <summary>
/// What is known of one market's instruments while it is recorded: what the lake remembers at once, the exchange's own list as
/// soon as it has been read. Any thread.
/// </summary>
public sealed class InstrumentBoard
{
    readonly Lock _gate = new();
    readonly IExchange _exchange;
    readonly MarketId _market;
    readonly ILogger _log;
    readonly InstrumentHistory _history;
    readonly List<Occurrence> _changes = [];

    public InstrumentBoard(string dataDirectory, IExchange exchange, MarketId market, ILogger log)
    {
        _exchange = exchange;
        _market = market;
        _log = log;
        _history = InstrumentHistory.Open(InstrumentHistory.PathOf(dataDirectory, market));
    }

    /// <summary>When the list was last read, now or by an earlier recorder; null if never.</summary>
    public DateTimeOffset? ReadAt
    {
        get
        {
            lock (_gate)
                return _history.ReadAt;
        }
    }

    /// <summary>Every instrument as it was last listed, or null where no list has ever been read.</summary>
    public IReadOnlyList<Instrument>? Listed
    {
        get
        {
            lock (_gate)
                return _history.ReadAt is null ? null : [.. _history.Current.Select(p => p.Instrument)];
        }
    }

    /// <summary>The pair of a symbol as the exchange lists it, or null where that is not known.</summary>
    public string? PairOf(string symbol)
    {
        lock (_gate)
            return _history.Find(symbol)?.Pair;
    }

    /// <summary>Symbols of these that the exchange does not list; none where its list is not known.</summary>
    public IReadOnlyList<string> Unlisted(IEnumerable<string> symbols)
    {
        lock (_gate)
            return _history.ReadAt is null ? [] : [.. symbols.Where(s => _history.Find(s) is null)];
    }

    /// <summary>What came, went and changed its status since the last call, to be journalled; nothing of the first list ever.</summary>
    internal IReadOnlyList<Occurrence> TakeChanges()
    {
        lock (_gate)
        {
            Occurrence[] changes = [.. _changes];
            _changes.Clear();
            return changes;
        }
    }

    /// <summary>Reads the exchange's list; false where it could not be read, and what was known stays.</summary>
    public async Task<bool> RefreshAsync(SnapshotFetcher fetcher, TimeProvider clock, CancellationToken cancel)
    {
        if (_exchange.CreateInstrumentReader(_market) is not { } reader)
            return false;
        var fault = await ListFetch.RunAsync(() => reader.Next, reader.Take, fetcher, cancel).ConfigureAwait(false);
        if (fault is null)
            return Take(reader.Instruments, clock.GetUtcNow());
        LogMessages.InstrumentsFailed(_log, _market.ToString(), fault);
        return false;
    }

    bool Take(IReadOnlyList<Instrument> list, DateTimeOffset now)
    {
        try
        {
            int changes;
            lock (_gate)
            {
                var isFirst = _history.ReadAt is null;
                changes = _history.Update(list, now);
                if (!isFirst)
                    _changes.AddRange(ListingOccurrences.Of(_history.LatestChanges));
            }

            LogMessages.InstrumentsRead(_log, _market.ToString(), list.Count, changes);
            return list.Count > 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogMessages.InstrumentsFailed(_log, _market.ToString(), e.Message);
            return false;
        }
    }
}
