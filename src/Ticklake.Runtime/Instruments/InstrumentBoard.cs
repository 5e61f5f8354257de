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
    const int OkStatus = 200;

    // A list that needs more answers than this is not a list.
    const int MostAnswers = 200;

    readonly Lock _gate = new();
    readonly IExchange _exchange;
    readonly MarketId _market;
    readonly ILogger _log;
    readonly InstrumentHistory _history;

    public InstrumentBoard(string dataDirectory, IExchange exchange, MarketId market, ILogger log)
    {
        _exchange = exchange;
        _market = market;
        _log = log;
        _history = InstrumentHistory.Open(InstrumentHistory.PathOf(dataDirectory, market));
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

    /// <summary>Reads the exchange's list; false where it could not be read, and what was known stays.</summary>
    public async Task<bool> RefreshAsync(SnapshotFetcher fetcher, TimeProvider clock, CancellationToken cancel)
    {
        if (_exchange.CreateInstrumentReader(_market) is not { } reader)
            return false;
        for (var answers = 0; reader.Next is { } request; answers++)
        {
            var answer = answers == MostAnswers ? null : await fetcher.FetchAsync(request, cancel).ConfigureAwait(false);
            var fault = answer is null ? "no answer"
                : answer.Status != OkStatus ? $"HTTP {answer.Status}"
                : reader.Take(answer.Body);
            if (fault is null)
                continue;
            LogMessages.InstrumentsFailed(_log, _market.ToString(), fault);
            return false;
        }

        return Take(reader.Instruments, clock.GetUtcNow());
    }

    bool Take(IReadOnlyList<Instrument> list, DateTimeOffset now)
    {
        try
        {
            int changes;
            lock (_gate)
                changes = _history.Update(list, now);
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
